// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.RequestHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;

/** The header fields of a request in a container. */
record ServletHeaders(HttpServletRequest request) implements RequestHeaders {
  @Override
  public List<String> values(String name) {
    return values(request, name);
  }

  /** The values of a field in order; none, where the container shows none. */
  static List<String> values(HttpServletRequest request, String name) {
    Enumeration<String> values = request.getHeaders(name);
    if (values == null || !values.hasMoreElements()) {
      return List.of();
    }
    String first = values.nextElement();
    return values.hasMoreElements() ? all(first, values) : List.of(first);
  }

  private static List<String> all(String first, Enumeration<String> others) {
    List<String> all = Collections.list(others);
    all.add(0, first);
    return all;
  }

  @Override
  public Collection<String> names() {
    return new LinkedHashSet<>(Collections.list(request.getHeaderNames()));
  }
}
