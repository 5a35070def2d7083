// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.upstream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ExecutorService;

/**
 * The tide over HTTP: {@code /tide} as JSON, and {@code /tides} as server-sent events, one for each
 * of the next six hours.
 */
final class TideRest {
  private static final int HOURS = 6;

  private final Clock clock;
  private final HttpServer server;

  private TideRest(HttpServer server, Clock clock) {
    this.server = server;
    this.clock = clock;
  }

  /** Serves on a free port of this machine's own address. */
  static TideRest start(Clock clock, ExecutorService threads) throws IOException {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    TideRest rest = new TideRest(HttpServer.create(free, 0), clock);
    rest.server.setExecutor(threads);
    rest.server.createContext("/tide", rest::tide);
    rest.server.createContext("/tides", rest::tides);
    rest.server.start();
    return rest;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void tide(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals("/tide")) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] body = utf8("{\"metres\":" + TideTable.height(clock.instant()) + "}\n");
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(200, head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private void tides(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      OutputStream events = exchange.getResponseBody();
      Instant now = clock.instant();
      for (int hour = 0; hour < HOURS; hour++) {
        events.write(utf8("data: " + TideTable.height(now.plusSeconds(3600L * hour)) + "\n\n"));
        events.flush();
      }
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  void stop() {
    server.stop(0);
  }
}
