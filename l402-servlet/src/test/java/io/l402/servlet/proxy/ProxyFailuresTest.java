// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Upstreams that refuse, break off, keep silent or talk nonsense. */
@Timeout(30)
class ProxyFailuresTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private static void assertStatus(int status, String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
  }

  @Test
  void answers502WhenTheUpstreamRefusesTheConnection() throws Exception {
    String address = RawUpstream.nowhere();
    try (Gate gate = Gate.to(address, "http", service -> {})) {
      String answer = gate.get("/");
      assertStatus(502, answer);
      assertTrue(answer.endsWith("\r\n\r\nupstream unavailable\n"), answer);
      assertFalse(answer.contains(address.split(":")[1]), answer);
    }
  }

  @Test
  void answers502WhenTheUpstreamIsNotThere() throws Exception {
    try (Gate gate = Gate.to("nowhere.invalid:80", "http", service -> {})) {
      String answer = gate.get("/");
      assertStatus(502, answer);
      assertFalse(answer.contains("nowhere"), answer);
    }
  }

  @Test
  void answers504WhenTheUpstreamIsSilent() throws Exception {
    try (RawUpstream upstream =
            RawUpstream.of(
                peer -> {
                  peer.readRequest();
                  peer.awaitEnd();
                });
        Gate gate =
            Gate.to(upstream, service -> service.set("upstreamtimeout.firstbyte", "300ms"))) {
      assertStatus(504, gate.get("/"));
    }
  }

  @Test
  void breaksOffWhenTheUpstreamStallsInTheMiddleOfItsAnswer() throws Exception {
    try (RawUpstream upstream =
            RawUpstream.of(
                peer -> {
                  peer.readRequest();
                  peer.write(OK + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
                  peer.awaitEnd();
                });
        Gate gate = Gate.to(upstream, service -> service.set("upstreamtimeout.idle", "300ms"))) {
      String answer = gate.get("/");
      assertStatus(200, answer);
      assertTrue(answer.contains("Transfer-Encoding: chunked\r\n"), answer);
      assertTrue(answer.contains("\r\nabc"), answer);
      assertFalse(answer.contains("\r\n0\r\n"), answer);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", "Content-Length: 9\r\n\r\nabc"})
  void breaksOffWhenTheUpstreamResetsInTheMiddleOfItsAnswer(String begun) throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    try (RawUpstream upstream =
            RawUpstream.of(
                peer -> {
                  peer.readRequest();
                  peer.write(OK + begun);
                  seen.await(5, TimeUnit.SECONDS);
                  peer.reset();
                });
        Gate gate = Gate.to(upstream);
        RawClient client = gate.connect()) {
      client.head("GET / HTTP/1.1", "Host: gate.example");
      client.readHead();
      seen.countDown();
      String rest = client.readAll();
      assertTrue(rest.contains("abc") || rest.contains("<reset>"), rest);
      assertFalse(rest.contains("\r\n0\r\n"), rest);
    }
  }

  @Test
  void breaksOffWhenTheUpstreamClosesEarly() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    try (RawUpstream upstream =
            RawUpstream.of(
                peer -> {
                  peer.readRequest();
                  peer.write(OK + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
                  seen.await(5, TimeUnit.SECONDS);
                });
        Gate gate = Gate.to(upstream);
        RawClient client = gate.connect()) {
      client.head("GET / HTTP/1.1", "Host: gate.example");
      client.readHead();
      assertEquals("3", client.readLine());
      assertEquals("abc", client.read(3));
      seen.countDown();
      assertFalse(client.readAll().contains("0\r\n"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.6\r\n",
        "HTTP/1.1 banana\r\n\r\n",
        "\u0016\u0003\u0001",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: foo\r\nConnection: Upgrade\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\nabcd",
        "HTTP/1.1 200 OK\r\nContent-Length: 3, 3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-A: a\u0000b\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-A: a\u0001b\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX A: b\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-A: b\r\n folded\r\nContent-Length: 0\r\n\r\n",
      })
  void answers502AndClosesWhenTheUpstreamTalksNonsense(String nonsense) throws Exception {
    try (RawUpstream upstream =
            RawUpstream.of(
                peer -> {
                  peer.readRequest();
                  peer.write(nonsense);
                  peer.awaitEnd();
                });
        Gate gate =
            Gate.to(upstream, service -> service.set("upstreamtimeout.firstbyte", "800ms"))) {
      String answer = gate.get("/");
      assertTrue(answer.startsWith("HTTP/1.1 502 ") || answer.startsWith("HTTP/1.1 504 "), answer);
      assertFalse(answer.contains("abc"), answer);
      gate.get("/");
      assertTrue(upstream.connections.get() >= 2, "the connection was used again");
    }
  }
}
