// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.MilliSatoshi;
import io.l402.testkit.FakeLightning;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A price server that is not asked any more ends when nobody waits for it, and not before. */
class SnapshotPricesTest {
  private final FakeLightning node = FakeLightning.create();
  private final CompletableFuture<MilliSatoshi> price = new CompletableFuture<>();

  @BeforeEach
  void reset() {
    FakePrices.reset();
    FakePrices.price = () -> price;
  }

  @AfterEach
  void close() {
    node.close();
  }

  private L402Config config(String address) throws Exception {
    return FakePrices.installed(
        () ->
            L402Config.builder()
                .simulatedBackend(node)
                .set("backenddeadline", "60s")
                .service(
                    "a",
                    s ->
                        s.set("dynamicprice.enabled", "true")
                            .set("dynamicprice.grpcaddress", address))
                .build());
  }

  private static void update(L402Filter filter, L402Config next) {
    try {
      FakePrices.installed(
          () -> {
            filter.updateServices(next);
            return null;
          });
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static CompletableFuture<Void> later(L402Filter filter, L402Config next) {
    return CompletableFuture.runAsync(() -> update(filter, next));
  }

  private static CompletableFuture<HttpResponse<String>> get(TestServer server) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return server.get("/x");
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  /** A redeployment must not stand in the queue behind it either. */
  @Test
  void andNobodyElseWaitsForThat() throws Exception {
    L402Filter filter = new L402Filter(config("one:1"));
    try (TestServer server =
        FakePrices.installed(() -> new TestServer().filter(filter, Map.of()).start())) {
      CompletableFuture<HttpResponse<String>> waiting = get(server);
      Awaitility.await().until(() -> price.getNumberOfDependents() > 0);
      CompletableFuture<Void> first = later(filter, config("two:2"));
      Awaitility.await().until(() -> FakePrices.OPEN.containsKey("two:2"));
      later(filter, config("two:2")).get(10, TimeUnit.SECONDS);
      assertFalse(first.isDone());
      price.complete(MilliSatoshi.ofSat(3));
      first.join();
      assertEquals(402, waiting.join().statusCode());
    }
  }

  @Test
  void closingEndsEverythingOnceAlsoBesideAnUpdateThatWaits() throws Exception {
    L402Filter filter = new L402Filter(config("one:1"));
    try (TestServer server =
        FakePrices.installed(() -> new TestServer().filter(filter, Map.of()).start())) {
      get(server);
      Awaitility.await().until(() -> price.getNumberOfDependents() > 0);
      CompletableFuture<Void> updated = later(filter, config("two:2"));
      Awaitility.await().until(() -> FakePrices.OPEN.containsKey("two:2"));
      CompletableFuture<Void> closed = CompletableFuture.runAsync(filter::destroy);
      Awaitility.await().until(() -> isOver(filter));
      price.complete(MilliSatoshi.ofSat(3));
      updated.join();
      closed.join();
      assertEquals(Set.of(), FakePrices.OPEN.keySet());
      assertEquals(2, FakePrices.ENDED.size());
    }
  }

  private boolean isOver(L402Filter filter) throws Exception {
    L402Config next = config("two:2");
    try {
      filter.updateServices(next);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /** However many are waited for: 20 that never end take no longer than one. */
  @Test
  void allAreWaitedForTogether() {
    Duration patience = Duration.ofSeconds(1);
    List<Snapshot> stuck =
        Stream.generate(() -> new Snapshot(this, null, null, null, patience, decide -> null))
            .limit(20)
            .toList();
    stuck.forEach(Snapshot::enter);
    stuck.forEach(Snapshot::retire);
    assertTimeout(Duration.ofSeconds(10), () -> Snapshot.awaitUnused(stuck));
    stuck.forEach(Snapshot::leave);
    assertTrue(stuck.stream().allMatch(Snapshot::isUnused));
  }

  @Test
  void evenIfTheRequestBeganSeveralUpdatesAgo() throws Exception {
    L402Filter filter = new L402Filter(config("one:1"));
    try (TestServer server =
        FakePrices.installed(() -> new TestServer().filter(filter, Map.of()).start())) {
      CompletableFuture<HttpResponse<String>> waiting = get(server);
      Awaitility.await().until(() -> price.getNumberOfDependents() > 0);
      L402Config same = config("one:1");
      update(filter, same);
      L402Config other = config("two:2");
      CompletableFuture<Void> updated = later(filter, other);
      Awaitility.await().until(() -> FakePrices.OPEN.containsKey("two:2"));
      assertTrue(FakePrices.OPEN.containsKey("one:1"));
      assertFalse(updated.isDone());
      price.complete(MilliSatoshi.ofSat(3));
      assertEquals(402, waiting.join().statusCode());
      updated.join();
      assertEquals(Set.of("two:2"), FakePrices.OPEN.keySet());
    }
  }
}
