// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.testkit.ForgetfulBackend;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A flood of requests without tokens: nothing is stored for them, and with the limits that are on
 * by default the node hardly notices. Clients stand behind a trusted proxy, each with an address of
 * its own.
 */
class ChallengeStormTest {
  private static final int CONNECTIONS = 8;
  private static final long MEBIBYTE = 1 << 20;

  @TempDir private Path folder;
  private final ForgetfulBackend node = new ForgetfulBackend(Clock.systemUTC());
  private final Server server = new Server();

  private int serve(Map<String, String> limits) throws Exception {
    L402ConfigBuilder config =
        L402Config.builder()
            .backend(node)
            .set("network", "regtest")
            .masterKeyFile(folder.resolve("master.keys"))
            .set("revocationfile", folder.resolve("revoked").toString())
            .set("trustedproxies", "127.0.0.1")
            .initParameters(limits)
            .service("storm", service -> service.paths("/*"));
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    FilterHolder filter = new FilterHolder(new L402Filter(config.build()));
    filter.setAsyncSupported(true);
    context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
    server.setHandler(context);
    server.start();
    return connector.getLocalPort();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private static Map<String, String> raised() {
    return Map.of(
        "challengelimits.client", "1000000/1s",
        "challengelimits.network", "1000000/1s",
        "challengelimits.total", "1000000/1s");
  }

  /** The status codes of so many requests from so many addresses, and how often each came. */
  private static TreeMap<Integer, Integer> storm(int port, int requests, int addresses)
      throws Exception {
    AtomicInteger next = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(CONNECTIONS);
    List<Future<TreeMap<Integer, Integer>>> parts = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      parts.add(pool.submit(() -> ask(port, next, requests, addresses)));
    }
    pool.shutdown();
    TreeMap<Integer, Integer> all = new TreeMap<>();
    for (Future<TreeMap<Integer, Integer>> part : parts) {
      part.get().forEach((status, count) -> all.merge(status, count, Integer::sum));
    }
    return all;
  }

  private static TreeMap<Integer, Integer> ask(
      int port, AtomicInteger next, int requests, int addresses) throws IOException {
    TreeMap<Integer, Integer> statuses = new TreeMap<>();
    try (KeptAlive connection = new KeptAlive(port)) {
      for (int i = next.getAndIncrement(); i < requests; i = next.getAndIncrement()) {
        int n = i % addresses;
        String client = "11." + (n >> 16 & 255) + "." + (n >> 8 & 255) + "." + (n & 255);
        statuses.merge(connection.get("/", "X-Forwarded-For: " + client), 1, Integer::sum);
      }
    }
    return statuses;
  }

  private static long usedHeap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName() + " " + file.toFile().length()).sorted().toList();
    }
  }

  private void leavesNothingBehind(int requests, int addresses) throws Exception {
    int port = serve(raised());
    storm(port, 500, 500);
    long callsBefore = node.createCalls();
    List<String> filesBefore = files();
    long heapBefore = usedHeap();
    TreeMap<Integer, Integer> answers = storm(port, requests, addresses);
    long growth = usedHeap() - heapBefore;
    assertEquals(requests, answers.get(402), answers.toString());
    assertEquals(requests, node.createCalls() - callsBefore);
    assertTrue(growth <= 64 * MEBIBYTE, "the heap grew by " + growth / MEBIBYTE + " MiB");
    assertEquals(filesBefore, files());
  }

  @Test
  void leavesNothingBehind() throws Exception {
    leavesNothingBehind(2_000, 1_000);
  }

  @Test
  @Tag("soak")
  void ofTwoHundredThousandLeavesNothingBehind() throws Exception {
    leavesNothingBehind(200_000, 100_000);
  }

  private void isThrottled(int requests, int addresses) throws Exception {
    int port = serve(Map.of());
    long begin = System.nanoTime();
    TreeMap<Integer, Integer> answers = storm(port, requests, addresses);
    long seconds = (System.nanoTime() - begin) / 1_000_000_000 + 1;
    int asked = answers.getOrDefault(402, 0);
    assertEquals(requests - asked, answers.getOrDefault(429, 0), answers.toString());
    assertTrue(answers.get(429) > 0, answers.toString());
    assertTrue(asked <= 100 + 50 * seconds, asked + " challenges in " + seconds + " s");
    assertEquals(asked, node.createCalls());
  }

  @Test
  void isThrottledByDefault() throws Exception {
    isThrottled(2_000, 1_000);
  }

  @Test
  @Tag("soak")
  void ofTwoHundredThousandIsThrottledByDefault() throws Exception {
    isThrottled(200_000, 100_000);
  }
}
