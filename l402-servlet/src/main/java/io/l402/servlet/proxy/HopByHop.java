// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The fields that are for the next hop only (RFC 9110, 7.6.1), both ways: a fixed set, and what the
 * sender's own {@code Connection} fields name.
 */
final class HopByHop {
  private static final Set<String> FIXED =
      Set.of(
          "connection",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings",
          "content-length", // written anew from what is known of the body
          "expect");

  /** What is said to or by a proxy, and {@code Proxy-Status}, which names what is behind. */
  private static final String PROXY = "proxy-";

  private final Set<String> named = new HashSet<>();

  /** Those of a message with these fields. */
  HopByHop(List<Field> fields) {
    for (Field field : fields) {
      if (field.key().equals("connection")) {
        for (String name : field.value().split(",", -1)) {
          named.add(Field.key(name.strip()));
        }
      }
    }
  }

  /** Whether a field stays here. */
  boolean contains(Field field) {
    return isFixed(field.name()) || named.contains(field.key());
  }

  /** Whether a name is in the fixed set. */
  static boolean isFixed(String name) {
    String key = Field.key(name);
    return FIXED.contains(key) || key.startsWith(PROXY);
  }

  /** Whether {@code Connection} names this option. */
  boolean names(String option) {
    return named.contains(option.toLowerCase(Locale.ROOT));
  }
}
