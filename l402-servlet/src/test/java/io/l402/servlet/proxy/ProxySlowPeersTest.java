// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.servlet.ServiceBuilder;
import io.l402.servlet.Upstream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever keeps the others waiting is not waited for. */
@Timeout(30)
class ProxySlowPeersTest {
  private static final Consumer<ServiceBuilder> SHORT =
      service ->
          service
              .set("upstreamtimeout.connect", "300ms")
              .set("upstreamtimeout.firstbyte", "10s")
              .set("upstreamtimeout.idle", "300ms");

  @Test
  void waitsNoLongerThanIsSaidWhereNothingIsConfigured() {
    assertEquals(
        new Upstream.Timeouts(
            Duration.ofSeconds(3), Duration.ofSeconds(30), Duration.ofSeconds(60)),
        Upstream.Timeouts.DEFAULT);
  }

  @Test
  void answers504WhenTheUpstreamDoesNotTakeTheConnection() throws Exception {
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Gate gate = Gate.to("127.0.0.1:" + full.getLocalPort(), "http", SHORT)) {
      for (int i = 0; i < 3; i++) { // more than the backlog holds
        Socket socket = new Socket();
        waiting.add(socket);
        try {
          socket.connect(full.getLocalSocketAddress(), 200);
        } catch (java.net.SocketTimeoutException e) {
          break;
        }
      }
      String answer = gate.get("/");
      assertTrue(answer.startsWith("HTTP/1.1 504 "), answer);
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  @Test
  void answers408WhenTheClientStopsInTheMiddleOfItsBody() throws Exception {
    try (RawUpstream upstream = RawUpstream.silent();
        Gate gate = Gate.to(upstream, SHORT);
        RawClient client = gate.connect()) {
      client.head("POST / HTTP/1.1", "Host: x", "Content-Length: 100").write("abc");
      assertTrue(client.readHead().get(0).startsWith("HTTP/1.1 408 "));
      Awaitility.await().atMost(5, TimeUnit.SECONDS).until(() -> upstream.open() == 0);
    }
  }

  @Test
  void answers504WhenTheUpstreamDoesNotReadTheBody() throws Exception {
    try (RawUpstream upstream = RawUpstream.unwilling();
        Gate gate = Gate.to(upstream, SHORT);
        RawClient client = gate.connect()) {
      client.head("POST / HTTP/1.1", "Host: x", "Content-Length: 1000000000");
      Thread sender = new Flood().start(client.socket);
      assertTrue(client.readHead().get(0).startsWith("HTTP/1.1 504 "));
      client.socket.close();
      sender.join();
    }
  }

  @Test
  void breaksOffWhenTheClientDoesNotReadTheAnswer() throws Exception {
    try (RawUpstream upstream = RawUpstream.flooding(new Flood());
        Gate gate = Gate.to(upstream, SHORT);
        RawClient client = gate.connect()) {
      client.head("GET / HTTP/1.1", "Host: x").readHead();
      Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> upstream.open() == 0);
    }
  }

  /** Over HTTP/1.1 no container says that a client is gone before something is written to it. */
  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\n\r\ndata: 1\n\n"})
  void endsInTimeWhatNobodyMayBeWaitingFor(String begun) throws Exception {
    try (RawUpstream upstream =
            RawUpstream.of(
                peer -> {
                  peer.readRequest();
                  peer.write(begun);
                  peer.awaitEnd();
                });
        Gate gate =
            Gate.to(upstream, SHORT.andThen(it -> it.set("upstreamtimeout.firstbyte", "300ms")))) {
      try (RawClient client = gate.connect()) {
        client.head("GET / HTTP/1.1", "Host: x");
        upstream.head();
      }
      Awaitility.await().atMost(5, TimeUnit.SECONDS).until(() -> upstream.open() == 0);
      Awaitility.await().until(() -> gate.proxy.underWay() == 0);
    }
  }
}
