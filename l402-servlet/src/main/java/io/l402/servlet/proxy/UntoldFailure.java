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
  private final Object before;
  private Object seen;

  private UntoldFailure(HttpServletRequest request) {
    this.request = request;
    before = attribute();
    seen = before;
  }

  /** Looks at this request. What it says of a failure already is not of its client. */
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
      return before; // the container has taken the request away, since it is over
    }
  }

  /** Whether there could be one. */
  boolean isPossible() {
    return request != null;
  }

  /** Whether there is one. */
  boolean isThere() {
    return isNew(attribute());
  }

  /** That a client is only slow is told, and answered. */
  private boolean isNew(Object now) {
    return now != before && now instanceof Throwable && !(now instanceof SocketTimeoutException);
  }

  /**
   * The failure, if the call before has seen it as well: mostly the container tells it a little
   * later, and does better then.
   */
  Optional<Throwable> find() {
    Object now = attribute();
    boolean again = now == seen;
    seen = now;
    return again && isNew(now) ? Optional.of((Throwable) now) : Optional.empty();
  }
}
