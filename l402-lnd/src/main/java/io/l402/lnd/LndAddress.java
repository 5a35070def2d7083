// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where lnd listens for gRPC: {@code localhost:10009}, {@code [::1]:10009}; without a port, 10009.
 */
record LndAddress(String host, int port) {
  private static final int DEFAULT_PORT = 10009;
  private static final Pattern FORM =
      Pattern.compile(
          "(?:\\[([0-9A-Fa-f:.]{2,45}(?:%[\\w.-]{1,32})?)]|([A-Za-z0-9._-]{1,253}))(?::(\\d{1,5}))?");

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is none
   */
  static LndAddress parse(String text) {
    Matcher form = FORM.matcher(text);
    int port = form.matches() && form.group(3) != null ? Integer.parseInt(form.group(3)) : 0;
    boolean ported = form.matches() && form.group(3) != null;
    if (!form.matches() || ported && (port < 1 || port > 65_535)) {
      throw new IllegalArgumentException("expected host:port, such as localhost:10009");
    }
    String host = form.group(1) != null ? form.group(1) : form.group(2);
    return new LndAddress(host, ported ? port : DEFAULT_PORT);
  }

  /** As it is written. */
  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
