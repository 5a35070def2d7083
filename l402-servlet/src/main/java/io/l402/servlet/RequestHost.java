// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.util.Locale;

/**
 * The host of a request as it is compared: in lower case, without one trailing dot.
 *
 * @param name without the port; empty if there is none
 * @param nameAndPort with the port, if one was given
 */
record RequestHost(String name, String nameAndPort) {
  /** Reads the value of a Host field; absent is the empty host. */
  static RequestHost of(String field) {
    String text = field == null ? "" : field.trim().toLowerCase(Locale.ROOT);
    int colon = text.indexOf(':', Math.max(0, text.lastIndexOf(']')));
    String name = withoutDot(colon < 0 ? text : text.substring(0, colon));
    String port = colon < 0 ? "" : text.substring(colon + 1);
    return new RequestHost(name, port.isEmpty() ? name : name + ":" + port);
  }

  private static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
