// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What either side may have taken out by naming it in {@code Connection}, and what it may not. */
@Timeout(30)
class ProxyConnectionFieldTest {
  private RawUpstream upstream;

  @BeforeEach
  void start() throws Exception {
    upstream =
        RawUpstream.answering(
            "HTTP/1.1 200 OK",
            "Connection: x-one",
            "Connection: keep-alive , X_Two",
            "X-One: 1",
            "X-Two: 2",
            "X_One: 3",
            "X-Four: 4",
            "Content-Length: 2",
            "",
            "ok");
  }

  @AfterEach
  void stop() {
    upstream.close();
  }

  private static String value(List<String> head, String name) {
    return RawClient.value(head, name);
  }

  @Test
  void namesInEveryOneOfItsValuesCount() throws Exception {
    try (Gate gate = Gate.to(upstream)) {
      gate.exchange(
          "GET / HTTP/1.1",
          "Host: x",
          "Connection: x-first",
          "X-First: 1",
          "X-Second: 2",
          "X-Third: 3",
          "Connection: close, X-SECOND",
          "Connection: ,, x-third ,");
      List<String> head = upstream.head();
      assertNull(value(head, "X-First"));
      assertNull(value(head, "X-Second"));
      assertNull(value(head, "X-Third"));
      assertNull(value(head, "Connection"));
    }
  }

  @Test
  void anUnderscoreIsADashToIt() throws Exception {
    try (Gate gate = Gate.to(upstream)) {
      List<String> head =
          gate.seen(
              upstream,
              "/",
              "Connection: x_one, x-two",
              "X-One: 1",
              "X_One: 2",
              "X_Two: 3",
              "X-Two: 4");
      assertTrue(
          head.stream().noneMatch(it -> it.matches("(?i)x[-_](one|two):.*")), head::toString);
    }
  }

  @Test
  void theSameHoldsOfAnswers() throws Exception {
    try (Gate gate = Gate.to(upstream)) {
      List<String> head = List.of(gate.get("/").split("\r\n"));
      assertNull(value(head, "X-One"));
      assertNull(value(head, "X_One"));
      assertNull(value(head, "X-Two"));
      assertEquals("4", value(head, "X-Four"));
      assertEquals("close", value(head, "Connection"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "Macaroon",
        "Grpc-Metadata-Macaroon",
        "Cookie",
        "Forwarded",
        "X-Forwarded-Port",
        "X-Key"
      })
  void cannotTakeAwayWhatTheServiceSets(String name) throws Exception {
    try (Gate gate = Gate.to(upstream, it -> it.set("headers", Map.of(name, "ours")))) {
      String disguised = name.replace('-', '_').toLowerCase(java.util.Locale.ROOT);
      List<String> head =
          gate.seen(upstream, "/", "Connection: " + name + ", " + disguised, name + ": theirs");
      assertEquals("ours", value(head, name));
    }
  }

  @Test
  void cannotTakeAwayWhatTheProxySays() throws Exception {
    try (PaidGate paid = PaidGate.to(upstream, it -> it.set("forwardcredential", "claims"))) {
      List<String> head =
          paid.gate.seen(
              upstream,
              "/",
              "Connection: host, via, te, x-forwarded-for, x-forwarded-proto, x-forwarded-host",
              "Connection: authorization, l402-token-id, l402-service, l402-tier",
              "TE: trailers",
              paid.token());
      assertEquals(upstream.address(), value(head, "Host"));
      assertTrue(value(head, "Via").startsWith("1.1 l402-"));
      assertEquals("trailers", value(head, "TE"));
      assertEquals("127.0.0.1", value(head, "X-Forwarded-For"));
      assertEquals("http", value(head, "X-Forwarded-Proto"));
      assertEquals("gate.example", value(head, "X-Forwarded-Host"));
      assertEquals("rest", value(head, "L402-Service"));
      assertEquals("0", value(head, "L402-Tier"));
      assertEquals(64, value(head, "L402-Token-Id").length());
    }
  }

  @Test
  void cannotTakeAwayTheLengthOfABody() throws Exception {
    try (Gate gate = Gate.to(upstream);
        RawClient client = gate.connect()) {
      client.head(
          "POST / HTTP/1.1", "Host: x", "Connection: close, content-length", "Content-Length: 5");
      client.write("hello").readAll();
      assertEquals("5", value(upstream.head(), "Content-Length"));
    }
  }

  @Test
  void goesWithTeToAnUpstreamWithHttp1() throws Exception {
    try (Gate gate = Gate.to(upstream)) {
      for (int i = 0; i < 20; i++) {
        List<String> head = gate.seen(upstream, "/", "Connection: TE", "TE: gzip;q=1, Trailers");
        assertEquals("trailers", value(head, "TE"));
        assertEquals("TE", value(head, "Connection"));
      }
      List<String> without = gate.seen(upstream, "/", "TE: gzip");
      assertNull(value(without, "TE"));
      assertNull(value(without, "Connection"));
      assertTrue(upstream.connections.get() <= 3, "a connection each");
    }
  }
}
