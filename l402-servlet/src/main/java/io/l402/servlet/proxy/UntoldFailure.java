// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * That a request has failed, where the container may forget to tell anybody: it stands in an
 * attribute of the request all the same. For one thread.
 */
final class UntoldFailure {
  private final HttpServletRequest request;
  private final Object before;
  private Object seen;

  /** Looks at this request. An attribute that it has already is of another servlet's failure. */
  UntoldFailure(HttpServletRequest request) {
    this.request = request;
    before = attribute();
    seen = before;
  }

  private Object attribute() {
    try {
      return request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    } catch (IllegalStateException e) {
      return before; // the request has ended
    }
  }

  /**
   * Why the request has failed. Only if that was found by the call before as well: mostly the
   * container tells it a little later, and does better then.
   */
  Optional<Throwable> find() {
    Object now = attribute();
    boolean again = now == seen;
    seen = now;
    return again && now != before && now instanceof Throwable why
        ? Optional.of(why)
        : Optional.empty();
  }
}
