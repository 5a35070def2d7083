// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What is done with a request, after everything about it was decided. */
@FunctionalInterface
interface Step {
  /** Nobody has to pay for it: the application answers. */
  Step PASS = (request, response, chain) -> chain.doFilter(request, response);

  /** Nothing: the answer stays as it is. */
  Step NOTHING = (request, response, chain) -> {};

  /** Something of ours is broken. */
  Step BROKEN = (request, response, chain) -> fail(request, response, 500);

  /** Nothing may be served as things are. */
  Step UNAVAILABLE = (request, response, chain) -> fail(request, response, 503);

  /** Does it. */
  void take(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException;

  private static void fail(HttpServletRequest request, HttpServletResponse response, int status)
      throws ServletException {
    if (request.getDispatcherType() == DispatcherType.ERROR) {
      return;
    }
    if (request.getDispatcherType() == DispatcherType.INCLUDE || response.isCommitted()) {
      throw new ServletException("refused: " + status);
    }
    fail(response, status);
  }

  /** A bare answer, unless another has already begun. */
  static void fail(HttpServletResponse response, int status) {
    if (!response.isCommitted()) {
      response.reset();
      response.setStatus(status);
      response.setHeader(CacheControl.NAME, "no-store");
      response.setContentLength(0);
    }
  }
}
