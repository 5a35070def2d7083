// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.l402.servlet.Upstream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a target may not be, even if a path that is not canonical should ever get here. */
class TargetTest {
  private static Upstream upstream(String prefix) {
    return new Upstream(
        URI.create("http://up.example:8080"),
        Map.of(),
        Optional.of(prefix).filter(it -> !it.isEmpty()),
        new Upstream.Tls(Optional.empty(), false),
        Upstream.Timeouts.DEFAULT,
        true,
        Upstream.Credential.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../admin",
        "/a/../../admin",
        "/..",
        "/.",
        "/a/./b",
        "/%2e%2e/admin",
        "/%2E./admin",
        "/a%2f..%2f..%2fadmin",
        "/a%5c..%5c..%5cadmin",
        "/..;x/admin",
        "@evil.example/",
        ".evil.example/",
        "",
      })
  void neverLeavesThePrefixNorTheHost(String path) {
    for (String prefix : new String[] {"/api", ""}) {
      Upstream upstream = upstream(prefix);
      RefusedException refused =
          assertThrows(RefusedException.class, () -> Target.of(upstream, path, null));
      assertEquals(Failure.BAD_REQUEST, refused.failure());
    }
  }

  @ParameterizedTest
  @CsvSource({"/a..b,/a..b", "/...,/...", "/.well-known/x,/.well-known/x", "/a.,/a.", "/..a,/..a"})
  void mayHaveDotsThatMeanNothing(String path, String target) {
    assertEquals("/api" + target, Target.of(upstream("/api"), path, null).getRawPath());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=\u0000", "a=\r\nX-A: 1", "a=\t", "a=\u007f", "a=\ud800"})
  void hasNoControlCharactersInItsQuery(String query) {
    Upstream upstream = upstream("");
    RefusedException refused =
        assertThrows(RefusedException.class, () -> Target.of(upstream, "/", query));
    assertEquals(Failure.BAD_REQUEST, refused.failure());
  }
}
