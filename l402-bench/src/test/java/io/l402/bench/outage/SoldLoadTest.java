// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The load against a server whose answers are known. */
class SoldLoadTest {
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private Connections connections;

  @BeforeEach
  void open() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    connections = new Connections(server.getAddress().getPort());
  }

  @AfterEach
  void close() throws Exception {
    connections.close();
    server.stop(0);
  }

  private SoldAnswers run() throws InterruptedException {
    byte[] request = Shopper.request("");
    return new SoldLoad(connections, List.of(request), 100).run(Duration.ofSeconds(1));
  }

  @Test
  void countsWhatIsNot200AsRefused() throws Exception {
    server.createContext(
        "/",
        exchange -> {
          int status = requests.incrementAndGet() % 4 == 0 ? 402 : 200;
          exchange.getResponseHeaders().set("Content-Length", "0");
          exchange.sendResponseHeaders(status, -1);
        });

    SoldAnswers answers = run();

    assertEquals(75, answers.passed());
    assertEquals(25, answers.refused());
  }

  @Test
  void countsABrokenConnectionAsRefused() throws Exception {
    server.createContext(
        "/",
        exchange -> {
          throw new IOException("no answer");
        });

    assertEquals(100, run().refused());
  }

  @Test
  void aStallIsInTheTimesOfAllThatWereDueMeanwhile() throws Exception {
    server.createContext(
        "/",
        exchange -> {
          stall();
          exchange.getResponseHeaders().set("Content-Length", "0");
          exchange.sendResponseHeaders(200, -1);
        });

    SoldAnswers answers = run();

    assertEquals(100, answers.passed());
    assertTrue(answers.times().millis(90) > 200, "many wait behind the one that stalls");
  }

  /** The server has one thread, so that everybody waits. */
  private void stall() {
    if (requests.incrementAndGet() == 10) {
      Arrivals.await(System.nanoTime() + Duration.ofMillis(500).toNanos());
    }
  }
}
