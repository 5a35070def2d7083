// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a client says decides where its request goes. */
@Timeout(30)
class ProxyAuthorityTest {
  private RawUpstream upstream;
  private Gate gate;

  @BeforeEach
  void start() throws Exception {
    upstream = RawUpstream.ok();
    gate = Gate.to(upstream);
  }

  @AfterEach
  void stop() {
    gate.close();
    upstream.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /a HTTP/1.1|Host: evil.example",
        "GET /a HTTP/1.1|Host: evil.example:25",
        "GET http://evil.example/a HTTP/1.1|Host: evil.example",
        "GET http://evil.example:25/a HTTP/1.1|Host: evil.example:25",
        "GET /a HTTP/1.1|Host: x|X-Forwarded-Host: evil.example|Forwarded: host=evil.example",
        "GET /a HTTP/1.1|Host: x|X-Original-Host: evil.example|X-Host: evil.example",
      })
  void goesWhereTheConfigurationSays(String lines) throws Exception {
    gate.exchange((lines + "|Connection: close").split("\\|"));
    List<String> head = upstream.head();
    assertEquals("GET /a HTTP/1.1", head.get(0));
    assertEquals(upstream.address(), RawClient.value(head, "Host"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET http://user@evil.example/a HTTP/1.1|Host: evil.example",
        "GET //evil.example/a HTTP/1.1|Host: x",
        "GET \\\\evil.example\\a HTTP/1.1|Host: x",
        "GET @evil.example/a HTTP/1.1|Host: x",
        "GET /a HTTP/1.1|Host: evil.example/x?",
        "GET /a HTTP/1.1|Host: a@evil.example",
        "GET /a HTTP/1.1|Host: x|Host: evil.example",
      })
  void refusesWhatCanBeReadAsTwoPlaces(String lines) throws Exception {
    String answer = gate.exchange((lines + "|Connection: close").split("\\|"));
    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    assertTrue(upstream.isUntouched());
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT evil.example:443", "TRACE /", "TRACK /"})
  void hasNoMethodThatIsForProxiesOnly(String request) throws Exception {
    try (RawClient client = gate.connect()) {
      client.head(
          request + " HTTP/1.1",
          "Host: evil.example:443",
          "Max-Forwards: 0",
          "X-Secret: do not echo");
      String answer = String.join("|", client.readHead());
      assertTrue(answer.matches("HTTP/1.1 40[05] .*"), answer);
      assertTrue(!answer.contains("message/http"), answer);
      assertTrue(upstream.isUntouched());
    }
  }

  @Test
  void isNotTheBusinessOfTheAnswerEither() throws Exception {
    String answer = gate.get("/a", "X-Forwarded-Host: evil.example");
    assertTrue(!answer.contains("evil.example"), answer);
  }
}
