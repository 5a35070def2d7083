// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.l402.MilliSatoshi;
import io.l402.testkit.FakeLightning;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** While prices take long, whoever asks for many of them keeps nobody else from asking. */
class PriceFloodTest {
  private final CompletableFuture<MilliSatoshi> price = new CompletableFuture<>();
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void oneClientTakesNoMoreThanItsPlaces() throws Exception {
    ExecutorService clients = Executors.newCachedThreadPool();
    try (FakeLightning node = FakeLightning.create();
        TestServer server =
            new TestServer().filter(new L402Filter(config(node)), Map.of()).start()) {
      List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
      for (int i = 0; i < PricesInFlight.PER_CLIENT; i++) {
        waiting.add(get(server, "192.0.2.1", clients));
      }
      Awaitility.await().until(() -> asked.get() == PricesInFlight.PER_CLIENT);
      HttpResponse<String> refused = server.get("/x", "X-Forwarded-For", "192.0.2.1");
      assertEquals(429, refused.statusCode());
      assertEquals("1", refused.headers().firstValue("Retry-After").orElseThrow());
      waiting.add(get(server, "192.0.2.2", clients));
      Awaitility.await().until(() -> asked.get() == PricesInFlight.PER_CLIENT + 1);
      price.complete(MilliSatoshi.ofSat(3));
      for (CompletableFuture<HttpResponse<String>> one : waiting) {
        assertEquals(402, one.join().statusCode());
      }
      assertEquals(402, server.get("/x", "X-Forwarded-For", "192.0.2.1").statusCode());
    } finally {
      clients.shutdownNow();
    }
  }

  private L402Config config(FakeLightning node) {
    return L402Config.builder()
        .simulatedBackend(node)
        .set("backenddeadline", "60s")
        .set("challengelimits", "off")
        .set("trustedproxies", "127.0.0.1")
        .service(
            "asked",
            service ->
                service.pricer(
                    request -> {
                      asked.incrementAndGet();
                      return price;
                    }))
        .build();
  }

  private static CompletableFuture<HttpResponse<String>> get(
      TestServer server, String client, ExecutorService clients) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return server.get("/x", "X-Forwarded-For", client);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        },
        clients);
  }
}
