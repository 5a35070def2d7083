// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.net.URI;

/** How hosts are written in configuration: a name or an address, and perhaps a port. */
final class HostNames {
  private HostNames() {}

  /**
   * A host as it is compared: in lower case, without a trailing dot. See {@link HostField}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static String parse(String text) {
    if (HostField.of(text) instanceof HostField.Named host) {
      return host.authority();
    }
    throw new IllegalArgumentException("expected a host such as api.example.com or localhost:8080");
  }

  /**
   * A host to connect to. Names with an underscore are common where containers talk to each other,
   * but {@link URI} does not know them, and so no client connects.
   *
   * @throws IllegalArgumentException if it is none
   */
  static String backend(String text) {
    String host = parse(text);
    if (URI.create("//" + host).getHost() == null) {
      throw new IllegalArgumentException(
          "no URL can name this host: names are made of letters, digits and inner hyphens, without"
              + " underscores");
    }
    return host;
  }

  /**
   * A regular expression that is found anywhere in a host.
   *
   * @throws IllegalArgumentException if it is none
   */
  static HostPattern regex(String text) {
    return RegexValues.parse(text, HostPattern::regex);
  }
}
