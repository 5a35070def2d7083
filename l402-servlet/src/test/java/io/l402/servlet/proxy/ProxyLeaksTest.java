// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing is left behind, and nothing is held that is not needed. */
@Timeout(120)
class ProxyLeaksTest {
  private static final int ROUNDS = 1_000;

  @Test
  void leavesNeitherConnectionsNorThreadsAfterAThousandFailures() throws Exception {
    try (RawUpstream upstream = RawUpstream.of(ProxyLeaksTest::misbehave);
        Gate gate =
            Gate.to(
                upstream,
                it ->
                    it.set("upstreamtimeout.firstbyte", "100ms")
                        .set("upstreamtimeout.idle", "100ms"))) {
      round(gate, 40);
      int threads = threads();
      round(gate, ROUNDS);
      Awaitility.await()
          .atMost(10, TimeUnit.SECONDS)
          .untilAsserted(
              () -> {
                assertTrue(gate.proxy.underWay() == 0, "under way: " + gate.proxy.underWay());
                assertTrue(upstream.open() == 0, "open: " + upstream.open());
              });
      Awaitility.await().atMost(70, TimeUnit.SECONDS).until(() -> threads() <= threads + 5);
    }
  }

  private static void round(Gate gate, int rounds) throws Exception {
    for (int i = 0; i < rounds; i++) {
      int way = i % 20 == 0 ? 4 : i % 4; // the silent ones take their time
      String answer = gate.get("/" + way);
      assertTrue(answer.contains("<reset>") || answer.startsWith("HTTP/1.1 "), answer);
    }
  }

  private static void misbehave(RawUpstream.Peer peer) throws Exception {
    String head = peer.readHead().get(0);
    switch (head.charAt(5)) {
      case '0' -> peer.reset();
      case '1' -> peer.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
      case '2' -> peer.write("nonsense\r\n\r\n");
      case '3' -> {
        peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
        peer.reset();
      }
      default -> peer.awaitEnd();
    }
  }

  private static int threads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(it -> it.getName().startsWith("l402-proxy"))
            .count();
  }

  @Test
  void holdsNoThreadForAStream() throws Exception {
    int streams = 500;
    CountDownLatch over = new CountDownLatch(1);
    List<RawClient> clients = new ArrayList<>();
    try (RawUpstream upstream =
            RawUpstream.of(
                peer -> {
                  peer.readRequest();
                  peer.write("HTTP/1.1 200 OK\r\n\r\ndata: 1\n\n");
                  over.await(60, TimeUnit.SECONDS);
                  peer.write("data: 2\n\n");
                });
        Gate gate = Gate.to(upstream)) {
      for (int i = 0; i < streams; i++) {
        clients.add(gate.connect().head("GET / HTTP/1.1", "Host: x", "Connection: close"));
      }
      for (RawClient client : clients) {
        client.readHead();
      }
      assertTrue(threads() < 50, "threads: " + threads());
      over.countDown();
      for (RawClient client : clients) {
        assertTrue(client.readAll().contains("data: 2\n\n"));
        client.close();
      }
    }
  }
}
