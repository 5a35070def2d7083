// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HandshakeTest {
  @Test
  void closesWhatComesTooLate() {
    Handshake handshake = new Handshake();
    Handshake.Outcome outcome = handshake.await(Duration.ofMillis(1));
    assertEquals(Failure.SLOW_UPSTREAM, Failures.of(((Handshake.Outcome.Failed) outcome).why()));
    UpstreamTunnel late = mock(UpstreamTunnel.class);
    handshake.switched(List.of(), late);
    verify(late).close();
  }

  @Test
  void endsWithTheLongestLifeWhereNobodyPaid() {
    assertEquals(TokenExpiry.MAX, TokenExpiry.left(Optional.empty(), java.time.Instant.EPOCH));
  }

  private static RawUpstream switchingTo(String protocol) throws Exception {
    return RawUpstream.of(
        peer -> {
          peer.readRequest();
          peer.write(
              "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: "
                  + protocol
                  + "\r\n\r\n");
          peer.awaitEnd();
        });
  }

  @Test
  void answers501WhereTheContainerCannotUpgrade() throws Exception {
    try (RawUpstream upstream = switchingTo("websocket");
        Gate gate = Gate.to(upstream)) {
      assertTrue(upgrade(gate).startsWith("HTTP/1.1 501 "));
      List<String> head = upstream.head();
      assertEquals("websocket", RawClient.value(head, "Upgrade"));
      assertEquals("Upgrade", RawClient.value(head, "Connection"));
      assertEquals("x", RawClient.value(head, "Sec-WebSocket-Key"));
    }
  }

  /** Jetty would read nothing from the connection: see Container. */
  @Test
  void asksNobodyWhereTheConnectionCouldNotBeRead() throws Exception {
    try (RawUpstream upstream = switchingTo("websocket");
        Gate gate = Gate.to(upstream);
        RawClient client = gate.connect()) {
      client.head("GET /ws HTTP/1.1", "Host: x", "Connection: Upgrade", "Upgrade: websocket");
      assertTrue(client.readHead().get(0).startsWith("HTTP/1.1 501 "));
      assertTrue(upstream.isUntouched());
    }
  }

  @Test
  void refusesASwitchToAnotherProtocolThanWasAskedFor() throws Exception {
    try (RawUpstream upstream = switchingTo("foo");
        Gate gate = Gate.to(upstream)) {
      assertTrue(upgrade(gate).startsWith("HTTP/1.1 502 "));
      Awaitility.await().atMost(5, TimeUnit.SECONDS).until(() -> upstream.open() == 0);
    }
  }

  @Test
  void asksForMoneyBeforeItAsksTheUpstream() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering("HTTP/1.1 200 OK", "", "");
        PaidGate paid = PaidGate.to(upstream)) {
      assertTrue(upgrade(paid.gate).startsWith("HTTP/1.1 402 "));
      assertTrue(upstream.isUntouched());
    }
  }

  @Test
  void refusesAnUpgradeWithABody() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering("HTTP/1.1 200 OK", "", "");
        Gate gate = Gate.to(upstream);
        RawClient client = gate.connect()) {
      client.head(
          "GET /ws HTTP/1.1",
          "Host: x",
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Content-Length: 2");
      client.write("ok");
      assertTrue(client.readHead().get(0).startsWith("HTTP/1.1 400 "));
      assertTrue(upstream.isUntouched());
    }
  }

  @Test
  void relaysTheAnswerOfAnUpstreamThatDeclines() throws Exception {
    try (RawUpstream upstream =
            RawUpstream.answering("HTTP/1.1 403 Forbidden", "Content-Length: 2", "", "no");
        Gate gate = Gate.to(upstream)) {
      String answer = upgrade(gate);
      assertTrue(answer.startsWith("HTTP/1.1 403 ") && answer.endsWith("no"), answer);
    }
  }

  @Test
  void refusesWhereTheServiceSaysSo() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering("HTTP/1.1 200 OK", "", "");
        Gate gate = Gate.to(upstream, service -> service.set("websocket", "false"))) {
      assertTrue(upgrade(gate).startsWith("HTTP/1.1 501 "));
      assertTrue(upstream.isUntouched());
    }
  }

  private static String upgrade(Gate gate) throws Exception {
    try (RawClient client = gate.connect()) {
      client.head(
          "GET /ws HTTP/1.1",
          "Host: x",
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Content-Length: 0", // or the answer is 501 whatever the upstream says: see Container
          "Sec-WebSocket-Key: x",
          "Sec-WebSocket-Version: 13");
      List<String> head = client.readHead();
      return String.join("\r\n", head) + "\r\n\r\n" + RawClient.readBody(client.in, head);
    }
  }
}
