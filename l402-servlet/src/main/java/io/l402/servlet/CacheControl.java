// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps answers that were paid for out of shared caches (RFC 9111, 5.2.2), and leaves everything
 * else as the application said it.
 */
final class CacheControl {
  static final String NAME = "Cache-Control";
  static final String PRIVATE = "private";

  private CacheControl() {}

  /** The value without what lets shared caches store, and with {@code private} if it needs it. */
  static String restrict(String value) {
    if (value.isEmpty()) {
      return PRIVATE;
    }
    List<String> kept = new ArrayList<>();
    boolean closed = false;
    for (String directive : split(value)) {
      closed |= directive.equalsIgnoreCase(PRIVATE) || directive.equalsIgnoreCase("no-store");
      if (!isForSharedCaches(directive)) {
        kept.add(directive);
      }
    }
    if (!closed) {
      kept.add(PRIVATE);
    }
    return String.join(", ", kept);
  }

  private static boolean isForSharedCaches(String directive) {
    int equals = directive.indexOf('=');
    String name = equals < 0 ? directive : directive.substring(0, equals).trim();
    return name.equalsIgnoreCase("public") || name.equalsIgnoreCase("s-maxage");
  }

  /** At commas, but not at those in quoted strings, as in {@code no-cache="a, b"}. */
  private static List<String> split(String value) {
    List<String> directives = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i <= value.length(); i++) {
      char c = i < value.length() ? value.charAt(i) : ',';
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted || i == value.length()) {
        add(directives, value.substring(start, i));
        start = i + 1;
      }
    }
    return directives;
  }

  private static void add(List<String> directives, String directive) {
    if (!directive.isBlank()) {
      directives.add(directive.trim());
    }
  }
}
