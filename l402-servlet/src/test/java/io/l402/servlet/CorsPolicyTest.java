// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.when;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CorsPolicyTest {
  private static final String ORIGIN = "Origin: https://shop.example";
  private static final String METHOD = "Access-Control-Request-Method: GET";

  private final CorsPolicy some = policy("https://shop.example");
  private final FieldsResponse response = new FieldsResponse();

  private static CorsPolicy policy(String... origins) {
    CorsSettings settings = new CorsSettings(Set.of(origins), Duration.ofMinutes(10));
    return new CorsPolicy(Optional.of(settings), "GET, POST");
  }

  private static HttpServletRequest options(String... fields) {
    return Requests.of("OPTIONS", "HTTP/1.1", fields);
  }

  @Test
  void takesOnlyRealPreflightsOfAllowedOriginsForPreflights() {
    assertTrue(some.isPreflight(options(ORIGIN, METHOD)));
    assertFalse(some.isPreflight(options(ORIGIN)));
    assertFalse(some.isPreflight(options(METHOD)));
    assertFalse(some.isPreflight(options("Origin: https://evil.example", METHOD)));
    assertFalse(some.isPreflight(Requests.get(ORIGIN, METHOD)));
    assertFalse(some.isPreflight(options(ORIGIN, METHOD, "Transfer-Encoding: chunked")));
    HttpServletRequest withBody = options(ORIGIN, METHOD);
    when(withBody.getContentLengthLong()).thenReturn(1L);
    assertFalse(some.isPreflight(withBody));
    CorsPolicy off = new CorsPolicy(Optional.empty(), "GET");
    assertFalse(off.isPreflight(options(ORIGIN, METHOD)));
  }

  @Test
  void answersAPreflight() {
    some.answerPreflight(options(ORIGIN, METHOD), response);
    assertEquals(204, response.status);
    assertEquals(
        Map.of(
            "Access-Control-Allow-Origin", List.of("https://shop.example"),
            "Access-Control-Allow-Methods", List.of("GET, POST"),
            "Access-Control-Allow-Headers",
                List.of("Authorization, Macaroon, Grpc-Metadata-Macaroon, Token, Content-Type"),
            "Access-Control-Expose-Headers", List.of("WWW-Authenticate, Retry-After"),
            "Access-Control-Max-Age", List.of("600"),
            "Vary",
                List.of("Origin", "Access-Control-Request-Method, Access-Control-Request-Headers")),
        response.fields);
  }

  @Test
  void letsEveryOriginReadWhereAllAreAllowed() {
    policy("*").addTo(Requests.get("Origin: null"), response);
    assertEquals(List.of("*"), response.all("Access-Control-Allow-Origin"));
    assertEquals(List.of(), response.all("Vary"));
  }

  @Test
  void variesByOriginAlsoForThoseItDoesNotAllow() {
    some.addTo(Requests.get("Origin: https://evil.example"), response);
    assertEquals(Map.of("Vary", List.of("Origin")), response.fields);
  }

  @Test
  void saysNothingToWhoIsNoPage() {
    policy("*").addTo(Requests.get(), response);
    assertEquals(Map.of(), response.fields);
  }
}
