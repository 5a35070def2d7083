// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import io.l402.servlet.Upstream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Where a request is sent: scheme, host and port from the configuration alone, then the configured
 * prefix, the canonical path, and the query as it came.
 */
final class Target {
  /** What stands for itself in a query; {@link URI} refuses some of what is left. */
  private static final String PLAIN = "-._~!$&'()*+,;=:@/?[]";

  /** A canonical path has none; checked once more, and as whoever decodes first would read it. */
  private static final Pattern DOTS = Pattern.compile("(^|[/\\\\])\\.\\.?([/\\\\;]|$)");

  private Target() {}

  /**
   * The target of a request.
   *
   * @param path canonical and percent-encoded
   * @param query as it was sent; null for none
   * @throws RefusedException if the query holds what no query may
   */
  static URI of(Upstream upstream, String path, String query) {
    String prefix = prefix(upstream);
    String asked = query == null ? "" : "?" + encode(query);
    URI target = URI.create(origin(upstream) + prefix + path + asked);
    if (!path.startsWith("/") || DOTS.matcher(target.getPath()).find()) {
      throw new RefusedException(Failure.BAD_REQUEST, "path: it leaves the prefix");
    }
    return target;
  }

  /** Scheme, host and port, with the scheme that stands in URIs. */
  static String origin(Upstream upstream) {
    String scheme = upstream.base().getScheme();
    return (scheme.equals("h2c") ? "http" : scheme) + "://" + upstream.address();
  }

  /** The configured prefix without a slash at its end; empty if there is none. */
  static String prefix(Upstream upstream) {
    String prefix = upstream.rewritePrefix().orElse("");
    return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
  }

  /** Byte for byte, but for what no URI may hold, which is percent-encoded. */
  private static String encode(String query) {
    StringBuilder encoded = new StringBuilder(query.length() + 16);
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      if (c < ' ' || c == 0x7f || Character.isSurrogate(c)) {
        throw new RefusedException(Failure.BAD_REQUEST, "query: a control character");
      }
      if (isPlain(c) || c == '%' && isEscape(query, i)) {
        encoded.append(c);
      } else {
        escape(c, encoded);
      }
    }
    return encoded.toString();
  }

  private static boolean isPlain(char c) {
    boolean alphanumeric = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    return alphanumeric || PLAIN.indexOf(c) >= 0;
  }

  private static boolean isEscape(String text, int at) {
    return at + 2 < text.length()
        && HexFormat.isHexDigit(text.charAt(at + 1))
        && HexFormat.isHexDigit(text.charAt(at + 2));
  }

  private static void escape(char c, StringBuilder into) {
    for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
      into.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
    }
  }
}
