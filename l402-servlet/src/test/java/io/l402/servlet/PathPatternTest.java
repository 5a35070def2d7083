// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {
  @ParameterizedTest
  @CsvSource({
    "/a, /a, true",
    "/a, /a/, false",
    "/a, /ab, false",
    "/a, /x/a, false",
    "/a/*, /a, true",
    "/a/*, /a/, true",
    "/a/*, /a/b/c, true",
    "/a/*, /ab, false",
    "/*, /, true",
    "/*, /x/y, true",
    "/, /, true",
    "/, /x, false",
    "/a.b, /axb, false",
    "/a(b, /a(b, true",
    "'/a\\E.*', '/a\\Ex', false"
  })
  void pathsAndPrefixesEndAtSegments(String pattern, String path, boolean matches) {
    assertEquals(matches, PathPattern.of(pattern).exactly(path));
  }

  @Test
  void generousMatchingOnlyAddsPaths() {
    Random random = new Random(402);
    List<PathPattern> patterns =
        List.of(
            PathPattern.of("/aB/c", "/b/*"),
            PathPattern.regex("^/[^a]+$"),
            PathPattern.regex("b./?$"),
            PathPattern.regex("^/A|c$"),
            PathPattern.regex("^/(a|b)*$").fromStart());
    for (int i = 0; i < 20_000; i++) {
      String path = randomPath(random);
      for (PathPattern pattern : patterns) {
        boolean exactly = pattern.exactly(path);
        assertTrue(!exactly || pattern.generously(path), pattern + " " + path);
        for (String other :
            List.of(path.toUpperCase(Locale.ROOT), path + "/", path + ".", path + "/. ")) {
          assertTrue(!exactly || pattern.generously(other), pattern + " " + path + " " + other);
        }
      }
    }
  }

  private static String randomPath(Random random) {
    StringBuilder path = new StringBuilder("/");
    int length = random.nextInt(8);
    for (int i = 0; i < length; i++) {
      path.append("abABc/. ".charAt(random.nextInt(8)));
    }
    return path.toString().replaceAll("/+", "/").replaceAll("(?<=/)[. ]+(?=/|$)", "x");
  }

  @Test
  void fromStartHoldsEveryBranchToTheStart() {
    PathPattern pattern = PathPattern.regex("^/a|/b").fromStart();
    assertTrue(pattern.exactly("/b"));
    assertFalse(pattern.exactly("/x/b"));
    assertTrue(PathPattern.regex("^/a|/b").exactly("/x/b"));
  }

  @Test
  void readsManySpellingsOfALongPathQuickly() {
    PathPattern pattern = PathPattern.of("/paid");
    String path = "/" + ". ".repeat(1000) + "a" + " .".repeat(1000);
    for (int i = 0; i < 200; i++) {
      assertFalse(pattern.generously(path));
    }
  }
}
