// SPDX-License-Identifier: Apache-2.0
package io.l402.it.filter;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.MilliSatoshi;
import io.l402.gate.Pricer;
import io.l402.it.RawHttp;
import io.l402.it.RawResponse;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Requests that wait for the node: no thread is held, and nobody waits for ever. */
public abstract class WaitingCases {
  private static final int MANY = 64;
  private static final int THREADS = 8;

  /** Containers close a connection after 100 requests. */
  private static final int ROUNDS = 90;

  @Test
  void holdsNoThreadForSixtyFourPendingChallenges() throws Exception {
    try (Shop shop =
        Shop.open(
            config -> config.set("maxinflight", "64").set("backenddeadline", "20s"),
            application -> application.threads(THREADS))) {
      shop.get("/open/first");
      shop.node.stall();
      List<RawHttp> waiting = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        waiting.add(new RawHttp(shop.port()).send(RawHttp.head("GET", "/paid/" + i)));
      }
      await().until(() -> shop.node.unanswered() == MANY);
      assertEquals("goods of /open/x", shop.get("/open/x").body());
      shop.node.resume();
      for (RawHttp http : waiting) {
        assertEquals(402, http.read(false).status());
        http.close();
      }
    }
  }

  @Test
  void holdsNoThreadForSlowLookUpsInFrontOfPosts() throws Exception {
    try (Shop shop =
        Shop.open(
            config ->
                config
                    .set("strictverify", "true")
                    .set("maxinflight", "64")
                    .set("backenddeadline", "20s"),
            application -> application.threads(THREADS))) {
      String credential = shop.buy("/paid/x");
      shop.node.stall();
      List<RawHttp> waiting = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        String head = RawHttp.head("POST", "/paid/" + i, credential, "Content-Length: 5");
        waiting.add(new RawHttp(shop.port()).send(head + "-post"));
      }
      await().until(() -> shop.node.unanswered() > 0);
      assertEquals("goods of /open/x", shop.get("/open/x").body());
      shop.node.resume();
      for (int i = 0; i < MANY; i++) {
        assertEquals("goods of /paid/" + i + "-post", waiting.get(i).read(false).body());
        waiting.get(i).close();
      }
    }
  }

  @Test
  void servesAsynchronousServletsAfterWaiting() throws Exception {
    try (Shop shop = Shop.open(config -> config.set("strictverify", "true"))) {
      String credential = shop.buy("/paid/async");
      shop.node.delay(Duration.ofMillis(50));
      RawResponse answer = shop.get("/paid/async", credential);
      assertEquals("goods, later", answer.body());
      assertEquals(List.of("private"), answer.all("Cache-Control"));
    }
  }

  @Test
  void leavesTheApplicationItsOwnTimeout() throws Exception {
    String usual;
    try (Shop shop = Shop.open()) {
      usual = shop.get("/paid/timeout", shop.buy("/paid/timeout")).body();
    }
    try (Shop shop = Shop.open(config -> config.set("strictverify", "true"))) {
      String credential = shop.buy("/paid/timeout");
      shop.node.delay(Duration.ofMillis(50));
      assertEquals(usual, shop.get("/paid/timeout", credential).body());
    }
  }

  @Test
  void takesAStrictTokenThatIsNotSettledForAWaitAndAnUnknownOneForAFault() throws Exception {
    try (Shop shop = Shop.open(config -> config.set("strictverify", "true"))) {
      String credential = shop.buy("/paid/x");
      shop.node.goDown();
      RawResponse down = shop.get("/paid/x", credential, "Accept: application/json");
      assertEquals(503, down.status());
      assertTrue(down.first("Retry-After").isPresent());
      assertEquals(List.of(), down.all("WWW-Authenticate"));
      assertTrue(down.body().contains("\"reason\":\"unsettled\""), down::body);
      shop.node.comeBack();
      await().until(() -> shop.get("/paid/x", credential).status() == 200);
    }
  }

  @Test
  void sellsNothingButServesWhatWasSoldWhileTheNodeIsDown() throws Exception {
    try (Shop shop = Shop.open()) {
      String credential = shop.buy("/paid/x");
      shop.node.goDown();
      assertEquals(200, shop.get("/paid/x", credential).status());
      RawResponse answer = shop.get("/paid/x");
      assertEquals(503, answer.status());
      assertTrue(Long.parseLong(answer.first("Retry-After").orElse("0")) >= 1);
      assertEquals("lightning node unavailable\n", answer.body());
      assertEquals(200, shop.get("/paid/x", credential).status());
    }
  }

  @Test
  void asksABrokenNodeNoMoreAndAnswersAtOnce() throws Exception {
    try (Shop shop = Shop.open()) {
      String credential = shop.buy("/paid/x");
      shop.node.goDown();
      for (int i = 0; i < 20; i++) {
        assertEquals(503, shop.get("/paid/x").status());
      }
      long asked = shop.node.createCalls();
      shop.node.stall();
      RawResponse answer = shop.get("/paid/x");
      assertEquals(503, answer.status());
      assertTrue(answer.first("Retry-After").isPresent());
      assertEquals(asked, shop.node.createCalls());
      assertEquals(200, shop.get("/paid/x", credential).status());
    }
  }

  @Test
  void answersWithinTheDeadlineOfASilentNode() throws Exception {
    try (Shop shop = Shop.open(config -> config.set("backenddeadline", "200ms"))) {
      shop.node.stall();
      RawResponse answer = shop.get("/paid/x");
      assertEquals(503, answer.status());
      assertTrue(answer.first("Retry-After").isPresent());
    }
  }

  @Test
  void answersThoughNothingIsEverDecided() throws Exception {
    Pricer silent = request -> new CompletableFuture<>();
    try (Shop shop =
        Shop.open(config -> Shop.priced(config, silent).set("backenddeadline", "100ms"))) {
      assertEquals(503, shop.get("/open/priced/x").status());
      assertEquals(503, shop.get("/go/forward?to=/open/priced/x").status());
      assertEquals("before,refused", shop.get("/go/include?to=/open/priced/x").body());
    }
  }

  @Test
  void actsOnceOnADecisionThatComesTooLate() throws Exception {
    CompletableFuture<MilliSatoshi> late = new CompletableFuture<>();
    try (Shop shop =
        Shop.open(config -> Shop.priced(config, request -> late).set("backenddeadline", "100ms"))) {
      assertEquals(503, shop.get("/open/priced/x").status());
      late.complete(MilliSatoshi.ZERO);
      assertTrue(shop.visits.isEmpty());
      assertEquals(200, shop.get("/open/priced/x").status());
      assertEquals(1, shop.visits.size());
    }
  }

  @Test
  void survivesDecisionsThatRaceWithTheirRequests() throws Exception {
    Pricer racing = request -> CompletableFuture.supplyAsync(() -> MilliSatoshi.ZERO);
    try (Shop shop = Shop.open(config -> Shop.priced(config, racing))) {
      ExecutorService clients = Executors.newFixedThreadPool(THREADS);
      List<Future<Integer>> answered = new ArrayList<>();
      for (int i = 0; i < 4 * THREADS; i++) {
        String name = "c" + i;
        answered.add(clients.submit(() -> askAgainAndAgain(shop.port(), name)));
      }
      for (Future<Integer> client : answered) {
        assertEquals(ROUNDS, client.get());
      }
      clients.shutdown();
      assertEquals(4 * THREADS * ROUNDS, shop.visits.size());
    }
  }

  private static int askAgainAndAgain(int port, String name) throws IOException {
    int right = 0;
    try (RawHttp http = new RawHttp(port)) {
      for (int i = 0; i < ROUNDS; i++) {
        String path = "/open/priced/" + name + "-" + i;
        http.send(RawHttp.head("POST", path, "Content-Length: 3") + "abc");
        right += http.read(false).body().equals("goods of " + path + "abc") ? 1 : 0;
      }
    }
    return right;
  }

  @Test
  void goesOnAfterAClientThatWentAwayWhileItWaited() throws Exception {
    try (Shop shop = Shop.open(config -> config.set("backenddeadline", "20s"))) {
      shop.get("/open/first");
      shop.node.stall();
      abandon(shop);
      shop.node.resume();
      assertEquals(402, shop.get("/paid/x").status());
      assertEquals(200, shop.get("/open/x").status());
    }
  }

  private static void abandon(Shop shop) throws IOException {
    try (RawHttp http = new RawHttp(shop.port())) {
      http.send(RawHttp.head("GET", "/paid/x"));
      await().until(() -> shop.node.unanswered() == 1);
    }
  }

  @Test
  void waitsOnItsThreadWhereNothingElseIsPossible() throws Exception {
    try (Shop shop = Shop.registered("/*", EnumSet.allOf(DispatcherType.class), false)) {
      shop.start();
      shop.node.delay(Duration.ofMillis(50));
      assertEquals(402, shop.get("/paid/x").status());
      RawResponse posted = RawHttp.post(shop.port(), "/paid/x", "x".repeat(1_000));
      assertEquals(402, posted.status());
    }
  }
}
