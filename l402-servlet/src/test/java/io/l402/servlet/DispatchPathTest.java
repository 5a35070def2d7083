// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DispatchPathTest {
  @ParameterizedTest
  @EnumSource(value = DispatcherType.class, mode = EnumSource.Mode.EXCLUDE, names = "INCLUDE")
  void readsTheRequestItselfUnlessItIsIncluded(DispatcherType type) {
    HttpServletRequest request = request(type, "/shop/paid/x", "/shop", "/paid", "/x");
    include(request, "/shop/public", "/shop", "/public", null);
    assertEquals(
        new RequestPath.Canonical("/paid/x"), DispatchPath.of(request, PathLeniency.STRICT));
  }

  @Test
  void readsAnIncludedTargetFromTheAttributes() {
    HttpServletRequest request =
        request(DispatcherType.INCLUDE, "/shop/public", "/shop", "/public", null);
    include(request, "/shop/paid/x", "/shop", "/paid", "/x");
    assertEquals(
        new RequestPath.Canonical("/paid/x"), DispatchPath.of(request, PathLeniency.STRICT));
  }

  @Test
  void takesAnIncludeByNameForItsCaller() {
    HttpServletRequest request = request(DispatcherType.INCLUDE, "/public", "", "/public", null);
    assertEquals(
        new RequestPath.Canonical("/public"), DispatchPath.of(request, PathLeniency.STRICT));
  }

  @Test
  void resolvesAForwardTargetThatTheContainerLeftAsItWas() {
    HttpServletRequest request =
        request(DispatcherType.FORWARD, "/public/../paid/x", "", "/paid", "/x");
    assertEquals(
        new RequestPath.Canonical("/paid/x"), DispatchPath.of(request, PathLeniency.STRICT));
  }

  @Test
  void refusesAForwardTargetThatTheContainerReadsDifferently() {
    HttpServletRequest request =
        request(DispatcherType.FORWARD, "/public/../paid/x", "", "/public", "/../paid/x");
    assertFault(PathFault.SURVIVING_DOT, request);
    assertFault(
        PathFault.EMPTY_PARAMETER,
        request(DispatcherType.FORWARD, "/public/..;/paid", "", "/paid", null));
  }

  @Test
  void refusesAnIncludedTargetLikeAnyOther() {
    HttpServletRequest request = request(DispatcherType.INCLUDE, "/public", "", "/public", null);
    include(request, "/public%2f..%2fpaid", "", "/paid", null);
    assertFault(PathFault.ENCODED_SLASH, request);
  }

  @Test
  void refusesARequestWithoutAUri() {
    assertFault(PathFault.RELATIVE, request(DispatcherType.REQUEST, null, null, null, null));
  }

  private static void assertFault(PathFault fault, HttpServletRequest request) {
    RequestPath path = DispatchPath.of(request, PathLeniency.STRICT);
    assertEquals(fault, assertInstanceOf(RequestPath.Refused.class, path).fault());
  }

  private static HttpServletRequest request(
      DispatcherType type, String uri, String context, String servletPath, String pathInfo) {
    HttpServletRequest request = mock(HttpServletRequest.class);
    when(request.getDispatcherType()).thenReturn(type);
    when(request.getRequestURI()).thenReturn(uri);
    when(request.getContextPath()).thenReturn(context);
    when(request.getServletPath()).thenReturn(servletPath);
    when(request.getPathInfo()).thenReturn(pathInfo);
    return request;
  }

  private static void include(
      HttpServletRequest request, String uri, String context, String servletPath, String pathInfo) {
    when(request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI)).thenReturn(uri);
    when(request.getAttribute(RequestDispatcher.INCLUDE_CONTEXT_PATH)).thenReturn(context);
    when(request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH)).thenReturn(servletPath);
    when(request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO)).thenReturn(pathInfo);
  }
}
