// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.servlet.L402Config;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the upstream sees of a request's head. */
@Timeout(30)
class ProxyRequestFieldsTest {
  private RawUpstream upstream;

  @BeforeEach
  void start() throws Exception {
    upstream = RawUpstream.ok();
  }

  @AfterEach
  void stop() {
    upstream.close();
  }

  private List<String> seen(String... fields) throws Exception {
    try (Gate gate = Gate.to(upstream)) {
      return gate.seen(upstream, "/", fields);
    }
  }

  private String answer(String... lines) throws Exception {
    try (Gate gate = Gate.to(upstream)) {
      return gate.exchange(lines);
    }
  }

  private static String value(List<String> head, String name) {
    return RawClient.value(head, name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Keep-Alive: timeout=5",
        "Proxy-Connection: keep-alive",
        "Proxy-Authorization: Basic eDp5",
        "TE: gzip",
        "Trailer: X-A",
        "HTTP2-Settings: AAMAAABkAAQAAP__",
        "Proxy_Connection: keep-alive",
        "Keep_Alive: timeout=5",
        "Proxy_Authorization: Basic eDp5",
        "Proxy-Status: x",
        "Proxy-Features: x",
      })
  void keepsHopByHopFieldsToItself(String field) throws Exception {
    String name = field.substring(0, field.indexOf(':'));
    assertNull(value(seen(field), name));
  }

  @Test
  void keepsWhatConnectionNamesToItself() throws Exception {
    List<String> head =
        seen("Connection: x-one, X-Two", "X-One: 1", "x-two: 2", "X_Two: 3", "X-Three: 3");
    assertNull(value(head, "X-One"));
    assertNull(value(head, "X-Two"));
    assertNull(value(head, "X_Two"));
    assertEquals("3", value(head, "X-Three"));
  }

  @Test
  void doesNotLetConnectionTakeAwayWhatIsOurs() throws Exception {
    try (Gate gate =
        Gate.to(
            upstream, it -> it.set("headers", Map.of("Authorization", "Bearer of-the-service")))) {
      List<String> head =
          gate.seen(
              upstream,
              "/",
              "Connection: authorization, host, x-forwarded-for, via, content-length",
              "Authorization: Bearer of-the-client");
      assertEquals("Bearer of-the-service", value(head, "Authorization"));
      assertEquals("127.0.0.1", value(head, "X-Forwarded-For"));
      assertEquals(upstream.address(), value(head, "Host"));
      assertTrue(value(head, "Via").startsWith("1.1 l402-"));
    }
  }

  @Test
  void doesNotSpeakUpstreamOfProtocolsThatTheClientWouldRatherSpeak() throws Exception {
    List<String> head = seen("Connection: Upgrade", "Upgrade: foo/1");
    assertNull(value(head, "Upgrade"));
    assertNull(value(head, "Connection"));
  }

  @Test
  void setsConfiguredFieldsInPlaceOfTheClients() throws Exception {
    try (Gate gate = Gate.to(upstream, it -> it.set("headers", Map.of("X-Key", "ours")))) {
      List<String> head = gate.seen(upstream, "/", "x-key: theirs", "X_Key: theirs", "X-KEY: t");
      assertEquals("ours", value(head, "X-Key"));
      assertNull(value(head, "X_Key"));
    }
  }

  @Test
  void dropsForwardedFieldsOfAPeerThatIsNotTrusted() throws Exception {
    List<String> head =
        seen(
            "X-Forwarded-For: 6.6.6.6",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: evil.example",
            "X-Forwarded-Port: 1",
            "X_Forwarded_For: 6.6.6.6",
            "X-Real-IP: 6.6.6.6",
            "Forwarded: for=6.6.6.6");
    assertEquals("127.0.0.1", value(head, "X-Forwarded-For"));
    assertEquals("http", value(head, "X-Forwarded-Proto"));
    assertEquals("gate.example", value(head, "X-Forwarded-Host"));
    assertNull(value(head, "X-Forwarded-Port"));
    assertNull(value(head, "X_Forwarded_For"));
    assertNull(value(head, "X-Real-IP"));
    assertNull(value(head, "Forwarded"));
  }

  private List<String> seenOfTrusted(String... fields) throws Exception {
    L402Config config =
        Gate.config(upstream.address(), "http", it -> {})
            .set("trustedproxies", List.of("127.0.0.1", "10.0.0.0/8"))
            .build();
    try (Gate gate = Gate.of(config, "/", "/*")) {
      return gate.seen(upstream, "/", fields);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.1", "2130706433", "0", "0x7f.1", "010.0.0.9", "localhost", "unknown", "_x"})
  void takesNothingForAnAddressThatIsNoneInFull(String hop) throws Exception {
    List<String> head = seenOfTrusted("X-Forwarded-For: 203.0.113.7, " + hop + ", 10.0.0.2");
    assertEquals("10.0.0.2, 127.0.0.1", value(head, "X-Forwarded-For"));
  }

  @Test
  void readsTenHopsOfATrustedPeerAtMost() throws Exception {
    List<String> head = seenOfTrusted("X-Forwarded-For: 203.0.113.7" + ", 10.0.0.2".repeat(10));
    assertEquals("10.0.0.2, 127.0.0.1", value(head, "X-Forwarded-For"));
  }

  @Test
  void believesNothingThatATrustedPeerSaysTwiceOrUnclearly() throws Exception {
    List<String> twice =
        seenOfTrusted(
            "X-Forwarded-Proto: https",
            "X-Forwarded-Proto: http",
            "X-Forwarded-Host: a.example",
            "X-Forwarded-Host: b.example",
            "Forwarded: for=203.0.113.7;host=c.example",
            "X-Real-IP: 203.0.113.7");
    assertEquals("http", value(twice, "X-Forwarded-Proto"));
    assertEquals("gate.example", value(twice, "X-Forwarded-Host"));
    assertNull(value(twice, "Forwarded"));
    assertNull(value(twice, "X-Real-IP"));
    List<String> unclear =
        seenOfTrusted("X-Forwarded-Proto: https, http", "X-Forwarded-Host: a.example/x?");
    assertEquals("http", value(unclear, "X-Forwarded-Proto"));
    assertEquals("gate.example", value(unclear, "X-Forwarded-Host"));
  }

  @Test
  void believesForwardedFieldsOfATrustedPeer() throws Exception {
    List<String> head =
        seenOfTrusted(
            "X-Forwarded-For: 6.6.6.6, 203.0.113.7, 10.0.0.2",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: shop.example");
    assertEquals("203.0.113.7, 10.0.0.2, 127.0.0.1", value(head, "X-Forwarded-For"));
    assertEquals("https", value(head, "X-Forwarded-Proto"));
    assertEquals("shop.example", value(head, "X-Forwarded-Host"));
  }

  @Test
  void namesItselfInViaAndAnswers508ToWhatComesBack() throws Exception {
    try (Gate gate = Gate.to(upstream)) {
      String via = value(gate.seen(upstream, "/", "Via: 1.0 other"), "Via");
      assertTrue(via.startsWith("1.0 other + 1.1 l402-"), via);
      String own = via.substring(via.indexOf("+ ") + 2);
      assertTrue(gate.get("/", "Via: " + own + ", 1.1 x").startsWith("HTTP/1.1 508 "));
      assertTrue(gate.get("/", "Connection: via", "Via: " + own).startsWith("HTTP/1.1 508 "));
      assertTrue(upstream.isUntouched());
    }
  }

  @Test
  void countsForwardsDownAndAnswersTheLastItself() throws Exception {
    assertEquals("2", value(options("3"), "Max-Forwards"));
    assertTrue(
        answer("OPTIONS / HTTP/1.1", "Host: x", "Max-Forwards: 0", "Connection: close")
            .startsWith("HTTP/1.1 200 "));
    assertTrue(upstream.isUntouched());
  }

  private List<String> options(String count) throws Exception {
    answer("OPTIONS / HTTP/1.1", "Host: x", "Max-Forwards: " + count, "Connection: close");
    return upstream.head();
  }

  @Test
  void keepsTheSessionCookieToItself() throws Exception {
    assertEquals("a=1; b=2", value(seen("Cookie: a=1; JSESSIONID=x.y; b=2"), "Cookie"));
    assertNull(value(seen("Cookie: JSESSIONID=x"), "Cookie"));
    assertEquals("XJSESSIONID=1", value(seen("Cookie: XJSESSIONID=1"), "Cookie"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Accept-Encoding | gzip, br",
        "Range           | bytes=0-5",
        "If-None-Match   | W/\"x\"",
        "Content-Type    | text/plain",
        "Authorization   | Bearer abc",
        "Macaroon        | 0201036c6e64",
        "X_Harmless      | 1",
        "X-Latin         | caf\u00e9",
      })
  void passesEverythingElseAsItIs(String name, String value) throws Exception {
    assertEquals(value, value(seen(name + ": " + value), name));
  }

  @Test
  void addsNothingOfItsOwnClient() throws Exception {
    List<String> head = seen();
    assertNull(value(head, "User-Agent"));
    assertNull(value(head, "Accept-Encoding"));
    assertNull(value(head, "Content-Type"));
    assertNull(value(head, "Content-Length"));
    assertNull(value(head, "Transfer-Encoding"));
  }

  @Test
  void refusesHeadersThatAreTooLarge() throws Exception {
    String[] many = new String[120];
    java.util.Arrays.fill(many, "X-Many: 1");
    try (Gate gate = Gate.to(upstream)) {
      String big = "x".repeat(15_000);
      assertTrue(gate.get("/", many).startsWith("HTTP/1.1 431 "));
      assertTrue(gate.get("/", "X-Big: " + "x".repeat(17_000)).startsWith("HTTP/1.1 431 "));
      assertTrue(
          gate.get("/", "X-A: " + big, "X-B: " + big, "X-C: " + big).startsWith("HTTP/1.1 431 "));
      assertTrue(gate.get("/", "X-A: " + big, "X-B: " + big).startsWith("HTTP/1.1 200 "));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 3|Transfer-Encoding: chunked",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: identity",
        "Transfer_Encoding: chunked|Content-Length: 3",
        "Content-Length: 3|Content-Length: 4",
        "X-A: a\u0001b",
      })
  void refusesRequestsThatCanBeReadInTwoWays(String fields) throws Exception {
    String head = "POST / HTTP/1.1|Host: x|Connection: close|" + fields;
    String answer = answer(head.split("\\|"));
    assertTrue(answer.startsWith("HTTP/1.1 400 ") || answer.startsWith("HTTP/1.1 501 "), answer);
    assertTrue(upstream.isUntouched());
  }

  @Test
  void refusesOtherExpectations() throws Exception {
    String answer = answer("GET / HTTP/1.1", "Host: x", "Expect: a-pony", "Connection: close");
    assertTrue(answer.startsWith("HTTP/1.1 417 "), answer);
    assertTrue(upstream.isUntouched());
  }

  @Test
  void answers503WithoutAFilterInFront() throws Exception {
    try (Gate gate = Gate.of(null, "/", "/*")) {
      String answer = gate.get("/");
      assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
      assertFalse(answer.contains("filter"), answer);
    }
  }

  @Test
  void answers404ForAServiceWithoutAddress() throws Exception {
    L402Config config = L402Config.builder().service("own", it -> it.set("auth", "off")).build();
    try (Gate gate = Gate.of(config, "/", "/*")) {
      assertTrue(gate.get("/").startsWith("HTTP/1.1 404 "));
    }
  }
}
