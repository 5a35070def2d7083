// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.MilliSatoshi;
import io.l402.testkit.FakeLightning;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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

  @Test
  void evenIfTheRequestBeganSeveralUpdatesAgo() throws Exception {
    L402Filter filter = new L402Filter(config("one:1"));
    try (TestServer server =
        FakePrices.installed(() -> new TestServer().filter(filter, Map.of()).start())) {
      CompletableFuture<HttpResponse<String>> waiting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return server.get("/x");
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              });
      Awaitility.await().until(() -> price.getNumberOfDependents() > 0);
      L402Config same = config("one:1");
      update(filter, same);
      L402Config other = config("two:2");
      CompletableFuture<Void> updated = CompletableFuture.runAsync(() -> update(filter, other));
      Awaitility.await().until(() -> FakePrices.OPEN.containsKey("two:2"));
      assertTrue(FakePrices.OPEN.containsKey("one:1"));
      assertFalse(updated.isDone());
      price.complete(MilliSatoshi.ofSat(3));
      assertEquals(402, waiting.join().statusCode());
      updated.join();
      assertEquals(java.util.Set.of("two:2"), FakePrices.OPEN.keySet());
    }
  }
}
