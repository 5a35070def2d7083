// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.RequestHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;

/** The header fields of a request in a container. */
record ServletHeaders(HttpServletRequest request) implements RequestHeaders {
  @Override
  public List<String> values(String name) {
    return Collections.list(request.getHeaders(name));
  }

  @Override
  public Collection<String> names() {
    return new LinkedHashSet<>(Collections.list(request.getHeaderNames()));
  }
}
