// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Finds the path that a dispatch is really about.
 *
 * <p>A request that was forwarded, or dispatched again after waiting, speaks of its new target
 * itself. One that is included goes on speaking of its caller, and the target is in attributes
 * only.
 */
final class DispatchPath {
  private DispatchPath() {}

  /** The path of the resource this dispatch would run. */
  static RequestPath of(HttpServletRequest request, PathLeniency leniency) {
    if (request.getDispatcherType() == DispatcherType.INCLUDE && isByPath(request)) {
      return included(request, leniency);
    }
    String container = join(request.getServletPath(), request.getPathInfo());
    return RequestPath.of(
        orEmpty(request.getRequestURI()), orEmpty(request.getContextPath()), container, leniency);
  }

  /** An include by a servlet's name has no path of its own: it belongs to its caller's. */
  private static boolean isByPath(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI) != null;
  }

  private static RequestPath included(HttpServletRequest request, PathLeniency leniency) {
    String container =
        join(
            request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH),
            request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO));
    return RequestPath.of(
        orEmpty(request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI)),
        orEmpty(request.getAttribute(RequestDispatcher.INCLUDE_CONTEXT_PATH)),
        container,
        leniency);
  }

  private static String join(Object servletPath, Object pathInfo) {
    return orEmpty(servletPath) + orEmpty(pathInfo);
  }

  private static String orEmpty(Object text) {
    return text instanceof String string ? string : "";
  }
}
