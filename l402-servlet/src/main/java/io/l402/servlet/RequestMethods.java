// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The methods that requests may have: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, and configured
 * ones. Containers pass on any word, in any case.
 *
 * <p>Methods are case-sensitive (RFC 9110, 9.1). TRACE, TRACK and CONNECT can never be allowed:
 * TRACE echoes credentials, and CONNECT has no path. Immutable and safe for use by many threads.
 */
final class RequestMethods {
  /** What to do with a request, by its method. */
  enum Verdict {
    /** Go on. */
    ALLOWED,
    /** 405, with {@link RequestMethods#allow} as its {@code Allow} field. */
    NOT_ALLOWED,
    /** 400: not a token. */
    MALFORMED
  }

  private static final List<String> STANDARD =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final Set<String> NEVER = Set.of("TRACE", "TRACK", "CONNECT");
  private static final int MAX_LENGTH = 32;

  private final Set<String> allowed;
  private final String allow;

  /**
   * Allows these besides the standard ones.
   *
   * @throws IllegalArgumentException naming one that is not an upper-case token or is never allowed
   */
  RequestMethods(Collection<String> more) {
    Set<String> methods = new LinkedHashSet<>(STANDARD);
    for (String method : more) {
      methods.add(checked(method));
    }
    allowed = Set.copyOf(methods);
    allow = String.join(", ", methods);
  }

  /** Judges the method of a request. */
  Verdict judge(String method) {
    if (allowed.contains(Objects.requireNonNullElse(method, ""))) {
      return Verdict.ALLOWED;
    }
    return isToken(method) ? Verdict.NOT_ALLOWED : Verdict.MALFORMED;
  }

  /** The allowed methods, as the {@code Allow} field lists them. */
  String allow() {
    return allow;
  }

  private static String checked(String method) {
    boolean upper = isToken(method) && method.chars().noneMatch(c -> c >= 'a' && c <= 'z');
    if (!upper || NEVER.contains(method)) {
      throw new IllegalArgumentException(
          "methods: expected upper-case tokens other than TRACE, TRACK and CONNECT");
    }
    return method;
  }

  /** An RFC 9110 token; longer than any method there is counts as none. */
  private static boolean isToken(String text) {
    return text != null
        && !text.isEmpty()
        && text.length() <= MAX_LENGTH
        && text.chars().allMatch(RequestMethods::isTokenCharacter);
  }

  private static boolean isTokenCharacter(int c) {
    boolean alphanumeric = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    return alphanumeric || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }
}
