// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where lnd listens for gRPC: {@code localhost:10009}, {@code [::1]:10009}; without a port, 10009.
 */
record LndAddress(String host, int port) {
  private static final int DEFAULT_PORT = 10009;
  private static final String IPV6 = "\\[([0-9A-Fa-f:.]{2,45})]";
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final String NAME = "(" + LABEL + "(?:\\." + LABEL + "){0,125}\\.?)";
  private static final Pattern FORM =
      Pattern.compile("(?:" + IPV6 + "|" + NAME + ")(?::([1-9]\\d{0,4}))?");

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is none
   */
  static LndAddress parse(String text) {
    Matcher form = FORM.matcher(text);
    int port = DEFAULT_PORT;
    boolean matches = form.matches();
    if (matches && form.group(3) != null) {
      port = Integer.parseInt(form.group(3));
    }
    if (!matches || port > 65_535) {
      throw new IllegalArgumentException(
          "expected host:port, such as localhost:10009; a host's name has letters, digits, dots and"
              + " hyphens, and no underscore");
    }
    return new LndAddress(form.group(1) != null ? form.group(1) : form.group(2), port);
  }

  /** Whether a text can be the name of a host. */
  static boolean isName(String text) {
    return Pattern.matches(NAME, text);
  }

  /** As it is written. */
  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
