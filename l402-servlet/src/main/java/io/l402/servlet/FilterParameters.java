// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.L402ConfigException;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The init-params of a filter, and below them the context-params that begin with {@code l402.}. A
 * {@code config} under {@code /WEB-INF/} is part of the application; any other is a file.
 */
final class FilterParameters {
  /** What the names of context-params begin with. */
  static final String PREFIX = "l402.";

  private static final String CONFIG = "config";
  private static final String INSIDE = "/WEB-INF/";

  private FilterParameters() {}

  static L402Config read(FilterConfig filter) {
    Map<String, String> parameters = ofContext(filter.getServletContext());
    for (String name : Collections.list(filter.getInitParameterNames())) {
      parameters.put(name, filter.getInitParameter(name));
    }
    return builder(filter.getServletContext(), parameters).build();
  }

  /** What the context-params and the environment say, to be added to. */
  static L402ConfigBuilder builder(ServletContext context) {
    return builder(context, ofContext(context));
  }

  private static L402ConfigBuilder builder(ServletContext context, Map<String, String> parameters) {
    L402ConfigBuilder builder = L402Config.builder().environment(System.getenv());
    if (parameters.getOrDefault(CONFIG, "").startsWith(INSIDE)) {
      builder.document(resource(context, parameters.remove(CONFIG)));
    }
    return builder.initParameters(parameters);
  }

  private static byte[] resource(ServletContext context, String path) {
    try (InputStream in = context.getResourceAsStream(path)) {
      if (in == null) {
        throw new L402ConfigException("config: there is no " + path + " in the application");
      }
      return in.readNBytes(YamlReader.MAX_BYTES + 1);
    } catch (IOException e) {
      throw new L402ConfigException("config: cannot read " + path, e);
    }
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
