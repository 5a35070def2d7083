// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Whatever the path canonicaliser accepts is canonical, under every set of leniencies.
 *
 * <p>An input is {@code raw}, {@code raw|context} or {@code raw|context|view}. Without a view the
 * container is taken to agree with us, so that the fuzzer gets past the comparison.
 */
class RequestPathFuzzTest {
  @FuzzTest(maxDuration = "5s")
  void acceptsOnlyCanonicalPaths(byte[] input) {
    String[] parts = new String(input, StandardCharsets.UTF_8).split("\\|", 3);
    String context = parts.length > 1 ? parts[1] : "";
    for (int bits = 0; bits < 8; bits++) {
      PathLeniency rules = new PathLeniency((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
      String view = parts.length > 2 ? parts[2] : ownView(parts[0], context, rules);
      check(RequestPath.of(parts[0], context, view, rules), rules);
    }
  }

  private static String ownView(String raw, String context, PathLeniency rules) {
    try {
      List<String> path = PathParser.parse(raw, rules);
      List<String> root = PathParser.parse(context.isEmpty() ? "/" : context, rules);
      return "/" + String.join("/", PathParser.below(path, root));
    } catch (PathRefusedException e) {
      return raw;
    }
  }

  private static void check(RequestPath result, PathLeniency rules) {
    if (result instanceof RequestPath.Canonical canonical) {
      checkCanonical(canonical.path());
      assertEquals(
          canonical, RequestPath.of(canonical.encoded(), "", canonical.path(), rules), "re-read");
    } else if (result instanceof RequestPath.Welcome welcome) {
      checkCanonical(welcome.path());
      checkCanonical(welcome.target());
      assertTrue(welcome.path().endsWith("/") && welcome.target().startsWith(welcome.path()));
    } else {
      RequestPath.Refused refused = (RequestPath.Refused) result;
      assertTrue(refused.excerpt().length() <= 64);
      assertTrue(refused.excerpt().chars().allMatch(c -> c > ' ' && c < 0x7f));
    }
  }

  private static void checkCanonical(String path) {
    assertTrue(path.startsWith("/"));
    assertFalse(path.contains("//"));
    assertFalse((path + "/").contains("/./"));
    assertFalse((path + "/").contains("/../"));
    assertFalse(path.contains("\\"));
    assertFalse(path.chars().anyMatch(Character::isISOControl));
  }
}
