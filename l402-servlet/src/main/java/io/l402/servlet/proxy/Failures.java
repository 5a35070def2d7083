// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.io.EOFException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;

/** What is made of the exceptions of an HTTP client. */
final class Failures {
  private Failures() {}

  /** What the client is told. */
  static Failure of(Throwable why) {
    if (why instanceof RefusedException refused) {
      return refused.failure();
    }
    boolean slow = why instanceof TimeoutException || why instanceof SocketTimeoutException;
    return slow ? Failure.SLOW_UPSTREAM : Failure.BAD_GATEWAY;
  }

  /** Whether a connection that had been made was closed. */
  static boolean isLostConnection(Throwable why) {
    return why instanceof EOFException
        || why instanceof ClosedChannelException
        || why instanceof java.net.SocketException && "Connection reset".equals(why.getMessage());
  }
}
