// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import com.google.re2j.PatternSyntaxException;
import java.util.regex.Pattern;

/** How hosts are written in configuration: a name or an address, and perhaps a port. */
final class HostNames {
  private static final Pattern HOST =
      Pattern.compile(
          "([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*"
              + "|\\[[0-9a-f:.]{2,45}\\])(:[0-9]{1,5})?");
  private static final int MAX_LENGTH = 259;

  private HostNames() {}

  /**
   * A host as it is compared: see {@link RequestHost}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static String parse(String text) {
    String host = text.length() > MAX_LENGTH ? "" : RequestHost.of(text).nameAndPort();
    if (!HOST.matcher(host).matches() || port(host) > 65_535) {
      throw new IllegalArgumentException(
          "expected a host such as api.example.com or localhost:8080");
    }
    return host;
  }

  /**
   * A regular expression that is found anywhere in a host.
   *
   * @throws IllegalArgumentException if it is none
   */
  static HostPattern regex(String text) {
    try {
      return HostPattern.regex(PathValues.bounded(text));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("not a regular expression: " + e.getDescription());
    }
  }

  /**
   * The port of such a host, or -1.
   *
   * @param host what {@link #parse} returned
   */
  static int port(String host) {
    int colon = host.indexOf(':', Math.max(0, host.lastIndexOf(']')));
    return colon < 0 ? -1 : Integer.parseInt(host.substring(colon + 1));
  }
}
