// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.util.Locale;
import java.util.regex.Pattern;

/** The other ways in which a lax application may be asked for the same path. */
final class PathSpellings {
  /** Dots and blanks that end a segment, and segments of nothing else. */
  private static final Pattern TRAILING = Pattern.compile("(?<=[^/. ])[. ]+(?=/|$)|/[. ]+(?=/|$)");

  private PathSpellings() {}

  /** Whether a segment ends in a dot or a blank, so that {@link #bare} would change something. */
  static boolean hasTrailing(String path) {
    for (int i = 1; i <= path.length(); i++) {
      char last = path.charAt(i - 1);
      if ((last == '.' || last == ' ') && (i == path.length() || path.charAt(i) == '/')) {
        return true;
      }
    }
    return false;
  }

  /** Without dots and blanks at the ends of segments. */
  static String bare(String path) {
    return TRAILING.matcher(path).replaceAll("");
  }

  /** Without the slash at its end; the root stays as it is. */
  static String withoutSlash(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** With a slash at its end. */
  static String withSlash(String path) {
    return path.endsWith("/") ? path : path + "/";
  }

  /** In lower case. */
  static String lower(String path) {
    return path.toLowerCase(Locale.ROOT);
  }

  /** Whether upper and lower case of it are told apart by one bit of a letter. */
  static boolean isAscii(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) > 0x7f) {
        return false;
      }
    }
    return true;
  }
}
