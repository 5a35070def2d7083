// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A set of canonical paths: a regular expression, or exact paths and prefixes.
 *
 * <p>It is asked in one of two ways. What passes unpaid is matched {@linkplain #exactly exactly};
 * what is paid for {@linkplain #generously generously}, so that an application which takes {@code
 * /PAID}, {@code /paid/} or {@code /paid.} for {@code /paid} gives nothing away. Generous matching
 * only ever adds paths.
 */
final class PathPattern {
  /** Every path. */
  static final PathPattern ALL = regex("");

  /** Dots and blanks that end a segment, and segments of nothing else. */
  private static final java.util.regex.Pattern TRAILING =
      java.util.regex.Pattern.compile("(?<=[^/. ])[. ]+(?=/|$)|/[. ]+(?=/|$)");

  private final String text;
  private final Pattern exact;
  private final Pattern generous;
  private final boolean fromStart;

  private PathPattern(String text, Pattern exact, Pattern generous, boolean fromStart) {
    this.text = text;
    this.exact = exact;
    this.generous = generous;
    this.fromStart = fromStart;
  }

  private static PathPattern compile(String text, String regex) {
    Pattern generous = Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    return new PathPattern(text, Pattern.compile(regex), generous, false);
  }

  /**
   * The paths in which a regular expression is found, as in aperture: without {@code ^} anywhere in
   * them.
   *
   * @throws PatternSyntaxException if it is not an RE2 expression
   */
  static PathPattern regex(String regex) {
    return compile(regex, regex);
  }

  /**
   * Exact paths such as {@code /weather}, and prefixes such as {@code /api/*}, which is {@code
   * /api} and everything below it.
   */
  static PathPattern of(String... paths) {
    String regex = Arrays.stream(paths).map(PathPattern::toRegex).collect(Collectors.joining("|"));
    return compile(String.join(", ", paths), regex);
  }

  /** The same, but found at the start of a path only, whichever branch of it. */
  PathPattern fromStart() {
    return new PathPattern(text, exact, generous, true);
  }

  private static String toRegex(String path) {
    boolean prefix = path.endsWith("/*");
    String literal = Pattern.quote(prefix ? path.substring(0, path.length() - 2) : path);
    return prefix ? "^" + literal + "(?:/|$)" : "^" + literal + "$";
  }

  /** Whether the path is one of these as it stands. */
  boolean exactly(String path) {
    return found(exact, path);
  }

  private boolean found(Pattern pattern, String path) {
    return fromStart ? pattern.matcher(path).lookingAt() : pattern.matcher(path).find();
  }

  /** Whether the path, or one that a lax application takes for the same, is one of these. */
  boolean generously(String path) {
    if (exactly(path)) {
      return true;
    }
    for (String spelling : spellings(path)) {
      if (found(exact, spelling) || found(generous, spelling)) {
        return true;
      }
    }
    return false;
  }

  private static Set<String> spellings(String path) {
    String bare = TRAILING.matcher(path).replaceAll("");
    Set<String> spellings = new LinkedHashSet<>();
    for (String one : List.of(path, bare, path.toLowerCase(Locale.ROOT))) {
      String noSlash = one.endsWith("/") ? one.substring(0, one.length() - 1) : one;
      spellings.add(noSlash.isEmpty() ? "/" : noSlash);
      spellings.add(noSlash + "/");
    }
    return spellings;
  }

  @Override
  public String toString() {
    return text;
  }
}
