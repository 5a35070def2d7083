// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.run;

import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Tomcat only logs why an application does not start, many lines of it and more than once. While
 * this is open nothing of that is printed, but the first failure is kept.
 */
final class StartLog extends Handler implements AutoCloseable {
  private static final Logger TOMCAT = Logger.getLogger("org.apache");

  private volatile Throwable failure;

  StartLog() {
    TOMCAT.setLevel(Level.WARNING);
    TOMCAT.setUseParentHandlers(false);
    TOMCAT.addHandler(this);
  }

  @Override
  public void publish(LogRecord entry) {
    if (failure == null) {
      failure = entry.getThrown();
    }
  }

  /** What went wrong first, down to where it began. */
  Optional<Throwable> cause() {
    Throwable cause = failure;
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return Optional.ofNullable(cause);
  }

  @Override
  public void flush() {}

  /** Lets Tomcat print again. */
  @Override
  public void close() {
    TOMCAT.removeHandler(this);
    TOMCAT.setUseParentHandlers(true);
  }
}
