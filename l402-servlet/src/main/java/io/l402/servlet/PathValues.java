// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.util.List;
import java.util.regex.Pattern;

/**
 * How paths are written in configuration. Each method throws {@link IllegalArgumentException} with
 * what was expected.
 */
final class PathValues {
  private static final Pattern FORBIDDEN =
      Pattern.compile("//|[?#;%\\\\*\\p{Cntrl}]|/\\.{1,2}(/|$)");
  private static final int MAX_LENGTH = 4096;

  private PathValues() {}

  /** An exact path such as {@code /weather}, or a prefix such as {@code /api/*}. */
  static String glob(String text) {
    String path = text.endsWith("/**") ? text.substring(0, text.length() - 1) : text;
    String literal = path.endsWith("/*") ? path.substring(0, path.length() - 1) : path;
    if (!path.startsWith("/") || path.length() > MAX_LENGTH || FORBIDDEN.matcher(literal).find()) {
      throw new IllegalArgumentException(
          "expected a path such as /weather, or a prefix such as /api/*, decoded and without"
              + " dot segments, parameters or query");
    }
    return path;
  }

  /** All of these paths and prefixes. */
  static PathPattern globs(List<String> paths) {
    return PathPattern.of(paths.toArray(String[]::new));
  }

  /** A regular expression that is found anywhere in a path. */
  static PathPattern regex(String text) {
    return RegexValues.parse(text, PathPattern::regex);
  }

  /**
   * A regular expression that begins with {@code ^}, and whose every branch is taken to: what is
   * found anywhere in a path is found in {@code /secret/public} too.
   */
  static PathPattern anchored(String text) {
    if (!text.startsWith("^")) {
      throw new IllegalArgumentException(
          "an expression must begin with ^, else it is found anywhere in a path"
              + " (unanchored: allow takes it as it is)");
    }
    return RegexValues.parse(text, PathPattern::regex).fromStart();
  }
}
