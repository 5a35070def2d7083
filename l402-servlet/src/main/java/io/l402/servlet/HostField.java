// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The host a request was sent to, as its {@code Host} field (or {@code :authority}) says; never to
 * be taken for more than the client's word.
 *
 * <p>Containers let through trailing dots, commas, user names and even paths. Immutable and safe
 * for use by many threads.
 */
sealed interface HostField {
  /**
   * A host.
   *
   * @param name in lower case, without its trailing dot; an IPv6 address stands in brackets
   * @param port the port, if one was given
   */
  record Named(String name, OptionalInt port) implements HostField {
    /** {@code name} or {@code name:port}. */
    String authority() {
      return port.isPresent() ? name + ":" + port.getAsInt() : name;
    }
  }

  /** No host was given, which HTTP/1.0 allows. */
  record Absent() implements HostField {}

  /** To be answered with 400. */
  record Malformed() implements HostField {}

  /** Reads the values of all {@code Host} fields of a request: more than one is malformed. */
  static HostField of(List<String> values) {
    if (values.isEmpty()) {
      return new Absent();
    }
    return values.size() == 1 ? of(values.get(0)) : new Malformed();
  }

  /** Reads one {@code Host} field; null or empty if there is none. */
  static HostField of(String value) {
    if (value == null || value.isEmpty()) {
      return new Absent();
    }
    int colon = value.indexOf(':', Math.max(0, value.indexOf(']')));
    String name = colon < 0 ? value : value.substring(0, colon);
    OptionalInt port = colon < 0 ? OptionalInt.empty() : port(value.substring(colon + 1));
    String host = name.startsWith("[") ? ipv6(name) : name(name);
    boolean malformed = host.isEmpty() || colon >= 0 && port.isEmpty();
    return malformed ? new Malformed() : new Named(host, port);
  }

  private static OptionalInt port(String digits) {
    int port = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9' || i == 5) {
        return OptionalInt.empty();
      }
      port = port * 10 + c - '0';
    }
    return port >= 1 && port <= 65_535 ? OptionalInt.of(port) : OptionalInt.empty();
  }

  private static String ipv6(String name) {
    boolean closed = name.endsWith("]") && name.indexOf(':') > 0;
    String literal = closed ? name.substring(1, name.length() - 1) : "";
    return AddressLiteral.bytes(literal).isPresent() ? name.toLowerCase(Locale.ROOT) : "";
  }

  /** Labels of letters, digits, hyphen and underscore; the empty string if it is anything else. */
  private static String name(String name) {
    String host = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return host.length() <= 253 && areLabels(host) ? host.toLowerCase(Locale.ROOT) : "";
  }

  private static boolean areLabels(String host) {
    int start = 0;
    for (int i = 0; i <= host.length(); i++) {
      boolean end = i == host.length() || host.charAt(i) == '.';
      if (end ? i == start || i - start > 63 : !isLdh(host.charAt(i))) {
        return false;
      }
      start = end ? i + 1 : start;
    }
    return true;
  }

  private static boolean isLdh(char c) {
    boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    return letter || c >= '0' && c <= '9' || c == '-' || c == '_';
  }
}
