// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

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
   * A regular expression that is found anywhere in a host.
   *
   * @throws IllegalArgumentException if it is none
   */
  static HostPattern regex(String text) {
    return RegexValues.parse(text, HostPattern::regex);
  }
}
