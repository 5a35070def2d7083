// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The init-params of a filter, and below them the context-params that begin with {@code l402.}. */
final class FilterParameters {
  /** What the names of context-params begin with. */
  static final String PREFIX = "l402.";

  private FilterParameters() {}

  static L402Config read(FilterConfig filter) {
    Map<String, String> parameters = ofContext(filter.getServletContext());
    for (String name : Collections.list(filter.getInitParameterNames())) {
      parameters.put(name, filter.getInitParameter(name));
    }
    return L402Config.fromInitParameters(parameters);
  }

  /** The context-params that are for us, without their prefix. */
  static Map<String, String> ofContext(ServletContext context) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String name : Collections.list(context.getInitParameterNames())) {
      if (name.startsWith(PREFIX)) {
        parameters.put(name.substring(PREFIX.length()), context.getInitParameter(name));
      }
    }
    return parameters;
  }
}
