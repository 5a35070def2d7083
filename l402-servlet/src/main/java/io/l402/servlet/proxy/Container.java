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
}
