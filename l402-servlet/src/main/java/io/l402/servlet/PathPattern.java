// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import com.google.re2j.PatternSyntaxException;
import java.util.List;

/**
 * A set of canonical paths: a regular expression, or exact paths and prefixes.
 *
 * <p>It is asked in one of two ways. What passes unpaid is matched {@linkplain #exactly exactly};
 * what is paid for {@linkplain #generously generously}, so that an application which takes {@code
 * /PAID}, {@code /paid/} or {@code /paid.} for {@code /paid} gives nothing away. Generous matching
 * only ever adds paths. Immutable and safe for use by many threads.
 */
interface PathPattern {
  /** Every path. */
  PathPattern ALL = of("/*");

  /**
   * The paths in which a regular expression is found, as in aperture: without {@code ^} anywhere in
   * them.
   *
   * @throws PatternSyntaxException if it is not an RE2 expression
   */
  static PathExpression regex(String regex) {
    return new PathExpression(regex, false);
  }

  /**
   * Exact paths such as {@code /weather}, and prefixes such as {@code /api/*}, which is {@code
   * /api} and everything below it.
   */
  static PathPattern of(String... paths) {
    return new PathGlobs(List.of(paths));
  }

  /** Whether the path is one of these as it stands. */
  boolean exactly(String path);

  /** Whether the path, or one that a lax application takes for the same, is one of these. */
  boolean generously(String path);
}
