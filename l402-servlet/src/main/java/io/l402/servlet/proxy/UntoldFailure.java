// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.SocketTimeoutException;
import java.util.Optional;

/**
 * That a client has broken its request off, where the container tells it late or never: it stands
 * in an attribute of the request as soon as the container knows. Safe for use by many threads, but
 * for {@link #find}.
 */
final class UntoldFailure {
  private final HttpServletRequest request;
  private boolean seen;

  private UntoldFailure(HttpServletRequest request) {
    this.request = request;
  }

  /** Looks at this request. */
  static UntoldFailure of(HttpServletRequest request) {
    return new UntoldFailure(request);
  }

  /** Looks at nothing: for containers that tell. */
  static UntoldFailure none() {
    return new UntoldFailure(null);
  }

  private Object attribute() {
    try {
      return request == null ? null : request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    } catch (RuntimeException e) {
      return null; // the container has taken the request away, since it is over
    }
  }

  /** Whether there could be one. */
  boolean isPossible() {
    return request != null;
  }

  /** Whether there is one. */
  boolean isThere() {
    return isFailure(attribute());
  }

  /** That a client is only slow is told, and answered. */
  private static boolean isFailure(Object value) {
    return value instanceof Throwable && !(value instanceof SocketTimeoutException);
  }

  /**
   * The failure, if the call before has seen one as well: mostly the container tells it a little
   * later, and does better then.
   */
  Optional<Throwable> find() {
    Object now = attribute();
    boolean again = seen;
    seen = isFailure(now);
    return again && seen ? Optional.of((Throwable) now) : Optional.empty();
  }
}
