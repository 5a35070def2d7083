// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the quick matching of paths against the plain one: every spelling, by expressions only. */
class PathPatternOracleTest {
  private static final String ASCII = "abABks/. -12";
  private static final String ANY = ASCII + "\u212a\u017f\u00df\u00e4\u00c4\u0130\u03c2\u03a3";
  private static final List<String> GLOBS =
      List.of("/", "/*", "/a", "/aB/", "/k/*", "/s", "/a.b", "/a/b/*", "/\u00c4", "/\u03c3/*");
  private static final List<String> EXPRESSIONS =
      List.of(
          "",
          "^/a",
          "^/ab*",
          "^/ab+/?$",
          "^/a|b$",
          "^/[^a]+$",
          "^/[ab]+$",
          "^/ks",
          "^/k{2}",
          "b./?$",
          "^/(?:a|k)s",
          "(?i)^/K$",
          "^/\\P{Lu}+$",
          "^/\\p{Lu}+$",
          "^/a\\.b",
          "^/.*/$",
          "^/-1",
          "^/\\W",
          "^/a/$",
          "^/a$",
          "^$",
          "^/[[:^lower:]]b",
          "\\Bs$",
          "^/\u00c4");

  private final Random random = new Random(402);

  @Test
  void globsTakeWhatTheirExpressionTakes() {
    for (int i = 0; i < 60_000; i++) {
      String path = path(i % 2 == 0 ? ASCII : ANY);
      for (String glob : GLOBS) {
        PathPattern pattern = PathPattern.of(glob);
        String expression = expression(glob);
        assertEquals(found(expression, 0, path), pattern.exactly(path), glob + " " + path);
        agree(pattern, spelled(expression, path), path);
      }
    }
  }

  @Test
  void expressionsTakeEverySpelling() {
    List<PathPattern> patterns = EXPRESSIONS.stream().<PathPattern>map(PathPattern::regex).toList();
    for (int i = 0; i < 30_000; i++) {
      String path = path(i % 2 == 0 ? ASCII : ANY);
      for (PathPattern pattern : patterns) {
        String expression = pattern.toString();
        assertEquals(found(expression, 0, path), pattern.exactly(path), expression + " " + path);
        agree(pattern, spelled(expression, path), path);
      }
    }
  }

  /** What is paid for by the plain way is paid for by the quick one; in ASCII nothing else is. */
  private static void agree(PathPattern pattern, boolean expected, String path) {
    boolean found = pattern.generously(path);
    assertTrue(found || !expected, () -> pattern + " should take " + path);
    if (path.chars().allMatch(c -> c < 0x80)) {
      assertEquals(expected, found, () -> pattern + " " + path);
    }
  }

  private static boolean spelled(String expression, String path) {
    String bare = path.replaceAll("(?<=[^/. ])[. ]+(?=/|$)|/[. ]+(?=/|$)", "");
    return Stream.of(path, bare, path.toLowerCase(Locale.ROOT))
        .flatMap(PathPatternOracleTest::slashes)
        .collect(Collectors.toSet())
        .stream()
        .anyMatch(
            spelling ->
                found(expression, 0, spelling)
                    || found(expression, Pattern.CASE_INSENSITIVE | Pattern.DOTALL, spelling));
  }

  private static Stream<String> slashes(String path) {
    String noSlash = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return Stream.of(path, noSlash.isEmpty() ? "/" : noSlash, noSlash + "/");
  }

  private static final java.util.Map<String, Pattern> COMPILED = new java.util.HashMap<>();

  private static boolean found(String expression, int flags, String path) {
    return COMPILED
        .computeIfAbsent(flags + expression, key -> Pattern.compile(expression, flags))
        .matcher(path)
        .find();
  }

  private static String expression(String glob) {
    boolean prefix = glob.endsWith("/*");
    String literal = Pattern.quote(prefix ? glob.substring(0, glob.length() - 2) : glob);
    return prefix ? "^" + literal + "(?:/|$)" : "^" + literal + "$";
  }

  /** A canonical path: no double slash, no dot segment. */
  private String path(String alphabet) {
    StringBuilder path = new StringBuilder("/");
    int length = random.nextInt(7);
    for (int i = 0; i < length; i++) {
      path.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return path.toString().replaceAll("/+", "/").replaceAll("(?<=/)\\.{1,2}(?=/|$)", "x");
  }
}
