// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Requests for tests of what is written. */
final class Requests {
  private Requests() {}

  /** A request with these {@code Name: value} fields. */
  static HttpServletRequest of(String method, String protocol, String... fields) {
    HttpServletRequest request = mock(HttpServletRequest.class);
    when(request.getMethod()).thenReturn(method);
    when(request.getProtocol()).thenReturn(protocol);
    when(request.getDispatcherType()).thenReturn(DispatcherType.REQUEST);
    when(request.getContentLengthLong()).thenReturn(-1L);
    when(request.getHeaders(anyString()))
        .thenAnswer(call -> Collections.enumeration(values(call.getArgument(0), fields)));
    when(request.getHeader(anyString()))
        .thenAnswer(call -> values(call.getArgument(0), fields).stream().findFirst().orElse(null));
    when(request.getContentType())
        .thenReturn(values("Content-Type", fields).stream().findFirst().orElse(null));
    return request;
  }

  static HttpServletRequest get(String... fields) {
    return of("GET", "HTTP/1.1", fields);
  }

  private static List<String> values(String name, String... fields) {
    List<String> values = new ArrayList<>();
    for (String field : fields) {
      String[] parts = field.split(": ", 2);
      if (parts[0].equalsIgnoreCase(name)) {
        values.add(parts[1]);
      }
    }
    return values;
  }
}
