// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import jakarta.servlet.ServletContext;

/**
 * The servlet containers that do not do all as the others do. Told by their classes: what they say
 * of themselves is often changed by those who run them.
 */
enum Container {
  TOMCAT("org.apache.catalina."),
  JETTY("org.eclipse.jetty."),
  UNDERTOW("io.undertow."),
  OTHER("");

  private final String classes;

  Container(String classes) {
    this.classes = classes;
  }

  /** The one that an application runs in. */
  static Container of(ServletContext context) {
    String name = context.getClass().getName();
    for (Container container : values()) {
      if (name.startsWith(container.classes)) {
        return container;
      }
    }
    return OTHER;
  }

  /** Whether a client that waits to be told to go on is told only when somebody waits for it. */
  boolean goesOnForWaitingReaders() {
    return this == TOMCAT;
  }

  /**
   * Whether a connection can be read from once it is upgraded. Jetty 12.1 finds the end of a
   * request that tells no length before anybody asks for it, and remembers it past the upgrade:
   * whatever the client says then is never seen. A length of zero keeps it from looking.
   */
  boolean readsUpgraded(Framing framing) {
    return this != JETTY || framing.length().isPresent();
  }

  /**
   * Whether the head of an answer that has nothing else is to be sent by itself, before the answer
   * is ended. Over HTTP/2 Jetty never ends the stream then, and Tomcat does not otherwise. Undertow
   * ends it with an empty frame, which clients refuse behind a length that is not zero; and where
   * no length is told and the head was not sent, it tells that it is zero.
   */
  boolean flushesBareHead(boolean hasLength) {
    return this != JETTY && !(this == UNDERTOW && hasLength);
  }

  /**
   * Whether a head is to be sent by itself, before the answer is ended, for trailers to follow it.
   * Jetty sends them without that, and then waits for nobody.
   */
  boolean flushesHeadBeforeTrailers() {
    return this != JETTY;
  }

  /**
   * Whether over HTTP/2 it takes a request that its client has broken off for one of which all was
   * read, and may tell nobody what it was: Tomcat says that shortly afterwards, and forgets it when
   * the client resets the stream once more, as clients do to whom something was on its way.
   */
  boolean mistakesResetsForEnds() {
    return this == TOMCAT;
  }

  /**
   * Whether it uses what belonged to a request for another one when the listeners of the first have
   * heard that it is over, whoever is still at work on it. Tomcat does. Only over HTTP/2 can it be
   * made to wait: over HTTP/1.1 its thread holds a lock that whoever is at work may need.
   */
  boolean reusesRequestsAtOnce() {
    return this == TOMCAT;
  }

  /**
   * Whether it ends an answer without a length by closing the connection if its client wants that
   * closed anyway, unless told to send chunks. One that is broken off would then look complete.
   */
  boolean endsAnswersByClosing() {
    return this == JETTY || this == UNDERTOW;
  }

  /**
   * Whether it waits over HTTP/2, for some seconds, for a client that allows more to be sent and
   * does not read it: Tomcat does.
   */
  boolean waitsInWriting() {
    return this == TOMCAT;
  }

  /**
   * Whether it does not flush its buffer, and says nothing, as long as what was flushed before is
   * on its way. Such a container gets no buffer, and over HTTP/2 is asked to flush again.
   */
  boolean forgetsFlushes() {
    return this == UNDERTOW;
  }

  /** Whether it makes a whole answer of one whose servlet fails; it breaks off one that is late. */
  boolean completesFailedAnswers() {
    return this == UNDERTOW;
  }
}
