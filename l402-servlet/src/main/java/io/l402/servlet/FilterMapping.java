// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * How the filter is registered, as far as that can be told when it starts: its URL patterns always,
 * dispatcher types and asynchronous support if {@code web.xml} declares it.
 */
final class FilterMapping {
  /** The registration that does, for {@code web.xml}. */
  static final String XML =
      """
      <filter>
        <filter-name>l402</filter-name>
        <filter-class>io.l402.servlet.L402Filter</filter-class>
        <async-supported>true</async-supported>
      </filter>
      <filter-mapping>
        <filter-name>l402</filter-name>
        <url-pattern>/*</url-pattern>
        <dispatcher>REQUEST</dispatcher>
        <dispatcher>FORWARD</dispatcher>
        <dispatcher>INCLUDE</dispatcher>
        <dispatcher>ASYNC</dispatcher>
        <dispatcher>ERROR</dispatcher>
      </filter-mapping>
      """;

  /** What to do about a registration that does not. */
  static final String ADVICE =
      "Put this before every other filter in web.xml, or the like of it in code:\n" + XML;

  /** Upgrades to WebSocket before any other filter is asked, wherever it is declared. */
  private static final String JETTY_WEB_SOCKET = "WebSocketUpgradeFilter";

  private final String name;
  private final ServletContext context;

  private FilterMapping(String name, ServletContext context) {
    this.name = name;
    this.context = context;
  }

  static FilterMapping of(FilterConfig filter) {
    return new FilterMapping(filter.getFilterName(), filter.getServletContext());
  }

  /**
   * Checks that requests cannot get past the filter.
   *
   * @throws ServletException with everything that is wrong, and how it should be
   */
  void check() throws ServletException {
    List<String> faults = new ArrayList<>();
    Map<String, ? extends FilterRegistration> all = context.getFilterRegistrations();
    FilterRegistration own = all.get(name);
    if (own != null) {
      checkPatterns(faults, own.getUrlPatternMappings());
    }
    WebXml.find(context).flatMap(xml -> xml.filter(name)).ifPresent(it -> it.check(faults));
    all.values().forEach(filter -> checkOther(faults, filter.getClassName()));
    if (!faults.isEmpty()) {
      throw new ServletException(
          "the L402 filter would be got past: " + String.join("; ", faults) + ". " + ADVICE);
    }
  }

  private static void checkPatterns(List<String> faults, Collection<String> patterns) {
    if (!patterns.contains("/*")) {
      faults.add("it is mapped to " + patterns + ", not to /*");
    }
  }

  private static void checkOther(List<String> faults, String className) {
    if (className != null && className.endsWith("." + JETTY_WEB_SOCKET)) {
      faults.add(JETTY_WEB_SOCKET + " comes before it and upgrades connections unpaid");
    }
  }
}
