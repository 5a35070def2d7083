// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is changed about cookies on their way. */
final class Cookies {
  private static final Pattern DOMAIN =
      Pattern.compile(";[ \\t]*domain[ \\t]*(=[^;]*)?(?=;|$)", Pattern.CASE_INSENSITIVE);

  private Cookies() {}

  /**
   * A {@code Cookie} value without the cookies of a name.
   *
   * @return empty if nothing is left
   */
  static Optional<String> without(String name, String value) {
    if (!value.contains(name)) {
      return Optional.of(value);
    }
    List<String> kept = new ArrayList<>();
    for (String pair : value.split(";", -1)) {
      int equals = pair.indexOf('=');
      boolean named = (equals < 0 ? pair : pair.substring(0, equals)).strip().equals(name);
      if (!named && !pair.isBlank()) {
        kept.add(pair.strip());
      }
    }
    return kept.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", kept));
  }

  /** A {@code Set-Cookie} value without its domain: the cookie is for this host, not the other. */
  static String withoutDomain(String value) {
    return DOMAIN.matcher(value).replaceAll("");
  }
}
