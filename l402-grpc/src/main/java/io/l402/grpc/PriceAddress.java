// SPDX-License-Identifier: Apache-2.0
package io.l402.grpc;

import io.l402.L402ConfigException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a price server listens: {@code localhost:10010}, {@code [::1]:10010}. */
record PriceAddress(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]{2,45})]|([A-Za-z0-9._-]{1,253})):(\\d{1,5})");

  /**
   * Reads an address.
   *
   * @throws L402ConfigException if it is none
   */
  static PriceAddress parse(String text) {
    Matcher form = FORM.matcher(text);
    int port = form.matches() ? Integer.parseInt(form.group(3)) : 0;
    if (port < 1 || port > 65_535 || !isHost(text)) {
      throw new L402ConfigException(
          "dynamicprice.grpcaddress: expected host:port, such as localhost:10010, without underscores");
    }
    return new PriceAddress(form.group(1) != null ? form.group(1) : form.group(2), port);
  }

  /** Whether a URL can name it, as gRPC wants: without underscores. */
  private static boolean isHost(String text) {
    try {
      return new URI("//" + text).getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
