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
   * Whether a stream of HTTP/2 that has only a head is ended when that was not sent before. The
   * others end it when it was.
   */
  boolean endsStreamWithHead() {
    return this == JETTY;
  }
}
