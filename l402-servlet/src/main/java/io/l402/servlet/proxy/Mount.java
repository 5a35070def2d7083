// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;

/** Where in the application the servlet is mounted: the fixed part of {@code /proxy/*}. */
final class Mount {
  private Mount() {}

  /** The path that the servlet's own mapping stands for; empty for all mappings but by prefix. */
  static String of(HttpServletRequest request) {
    HttpServletMapping mapping = request.getHttpServletMapping();
    boolean prefix = mapping != null && mapping.getMappingMatch() == MappingMatch.PATH;
    String pattern = prefix ? mapping.getPattern() : "/*";
    return pattern.endsWith("/*") ? pattern.substring(0, pattern.length() - 2) : "";
  }
}
