// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code X-Forwarded-For} and {@code Forwarded} (RFC 7239) from the end, where the proxies
 * next to us wrote; what stands in front of that the client may have written.
 *
 * <p>So lists are cut at every comma, also within quotes: no address holds a comma, and a quote
 * that a client left open must not swallow what a proxy put behind it.
 */
final class ForwardedFields {
  /** How many hops are read; whoever has more proxies than this is not believed further. */
  static final int MAX_HOPS = 10;

  private ForwardedFields() {}

  /** The last hops of the fields, the last one first. */
  static List<String> hops(List<String> fields) {
    List<String> hops = new ArrayList<>(MAX_HOPS);
    for (int i = fields.size() - 1; i >= 0 && hops.size() < MAX_HOPS; i--) {
      String field = fields.get(i);
      int end = field.length();
      while (end >= 0 && hops.size() < MAX_HOPS) {
        int comma = field.lastIndexOf(',', end - 1);
        hops.add(trim(field.substring(comma + 1, end)));
        end = comma;
      }
    }
    return hops;
  }

  /** The address of an {@code X-Forwarded-For} hop; empty if it is not exactly one. */
  static Optional<InetAddress> forwardedFor(String hop) {
    return node(hop);
  }

  /**
   * The address in the {@code for} of a {@code Forwarded} hop; empty if there is not exactly one.
   */
  static Optional<InetAddress> forwarded(String hop) {
    String node = null;
    for (String pair : hop.split(";", -1)) {
      int equals = pair.indexOf('=');
      Optional<String> value = unquote(trim(pair.substring(equals + 1)));
      if (equals < 0 || value.isEmpty()) {
        return Optional.empty();
      }
      if (trim(pair.substring(0, equals)).equalsIgnoreCase("for")) {
        if (node != null) {
          return Optional.empty();
        }
        node = value.get();
      }
    }
    return node(node);
  }

  private static Optional<String> unquote(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    String text = quoted ? value.substring(1, value.length() - 1) : value;
    boolean plain = text.indexOf('"') < 0 && text.indexOf('\\') < 0;
    return plain ? Optional.of(text) : Optional.empty();
  }

  /** An address, with or without a port; an IPv6 address with a port stands in brackets. */
  private static Optional<InetAddress> node(String text) {
    if (text == null) {
      return Optional.empty();
    }
    if (text.startsWith("[")) {
      int close = text.indexOf(']');
      boolean ipv6 = close > 0 && text.lastIndexOf(':', close) > 0;
      return ipv6 && isPortOrNone(text, close + 1)
          ? AddressLiteral.parse(text.substring(1, close))
          : Optional.empty();
    }
    int colon = text.indexOf(':');
    boolean ipv4WithPort = colon > 0 && text.indexOf('.') > 0 && text.indexOf('.') < colon;
    if (ipv4WithPort && !isPortOrNone(text, colon)) {
      return Optional.empty();
    }
    return AddressLiteral.parse(ipv4WithPort ? text.substring(0, colon) : text);
  }

  private static boolean isPortOrNone(String text, int from) {
    return text.substring(from).matches("(:[0-9]{1,5})?");
  }

  private static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
