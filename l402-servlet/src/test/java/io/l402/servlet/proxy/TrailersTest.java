// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrailersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "content-length",
        "Content_Length",
        "transfer-encoding",
        "connection",
        "te",
        "trailer",
        "upgrade",
        "expect",
        "proxy-authorization",
        "proxy-status",
        "host",
        "authorization",
        "cookie",
        "set-cookie",
        "content-type",
        "content-encoding",
        "content-range",
        "cache-control",
        "location",
        "max-forwards",
        "via",
        "forwarded",
        "x-forwarded-for",
        "X_Forwarded_Host",
        "l402-tier",
        "L402_Token_Id",
        "x-l402-dry-run",
        "x y",
        "x\u00e9",
        "",
      })
  void doNotPassWhereTheyBelongInFrontOfABodyOrNowhere(String name) {
    assertEquals(Map.of(), Trailers.passed(Map.of(name, "1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nb", "a\nb", "a\u0000b", "a\u007f", "\u010a"})
  void doNotPassWithValuesThatAreNone(String value) {
    assertEquals(Map.of(), Trailers.passed(Map.of("x-a", value)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc-status", "grpc-message", "x-k-bin", "X-Sum", "etag", "digest"})
  void passOtherwise(String name) {
    assertEquals(Map.of(name, "a\tb"), Trailers.passed(Map.of(name, "a\tb")));
  }
}
