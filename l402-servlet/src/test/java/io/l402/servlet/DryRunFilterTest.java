// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.L402Challenge;
import io.l402.RejectionReason;
import io.l402.VerifiedL402;
import io.l402.gate.Decision;
import io.l402.gate.L402Listener;
import io.l402.gate.Pricer;
import io.l402.testkit.FakeLightning;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client and the application see of a service that is only tried out. */
class DryRunFilterTest {
  private final FakeLightning node = FakeLightning.create();
  private final List<Object> tokens = new CopyOnWriteArrayList<>();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private L402Filter filter;
  private TestServer server;

  @AfterEach
  void close() {
    server.close();
    node.close();
  }

  private L402ConfigBuilder config() {
    return L402Config.builder().simulatedBackend(node).listener(listener);
  }

  private static L402Config with(L402ConfigBuilder builder, Consumer<ServiceBuilder> service) {
    return builder.service("paid", service).build();
  }

  private void serve(L402ConfigBuilder builder, Consumer<ServiceBuilder> service) throws Exception {
    filter = new L402Filter(with(builder, s -> service.accept(s.set("dryrun", "true"))));
    server = new TestServer().filter(filter, Map.of()).filter(watch(), Map.of()).start();
  }

  /** Sees what the application sees. */
  private Filter watch() {
    return (request, response, chain) -> {
      Object token = request.getAttribute(L402Filter.TOKEN_ATTRIBUTE);
      String type = ((HttpServletRequest) request).getAuthType();
      tokens.add(token == null ? "none " + type : ((VerifiedL402) token).service() + " " + type);
      chain.doFilter(request, response);
    };
  }

  private final L402Listener listener =
      new L402Listener() {
        @Override
        public void granted(VerifiedL402 token) {
          events.add("granted");
        }

        @Override
        public void rejected(String service, RejectionReason reason) {
          events.add("rejected " + reason.code());
        }

        @Override
        public void dryRun(String service, Decision.DryRun decision) {
          events.add("dryrun " + decision.verdict());
        }
      };

  private void assertSays(String said, HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode());
    assertEquals("goods", answer.body());
    assertEquals(List.of(said), answer.headers().allValues("X-L402-Dry-Run"));
    assertEquals(List.of(), answer.headers().allValues("WWW-Authenticate"));
  }

  @Test
  void everythingPassesAndTheNodeIsNotAsked() throws Exception {
    serve(config(), service -> {});
    assertSays("payment_required", server.get("/x"));
    assertSays("payment_required;reason=malformed", server.get("/x", "Authorization", "L402 x"));
    assertEquals(0, node.createCalls());
    assertEquals(List.of("none null", "none null"), tokens);
    assertEquals(
        List.of("dryrun PAYMENT_REQUIRED", "rejected malformed", "dryrun PAYMENT_REQUIRED"),
        events);
  }

  @Test
  void isSaidAlsoByAnAnswerThatBeganAnew() throws Exception {
    filter = new L402Filter(with(config(), s -> s.set("dryrun", "true")));
    Filter resetting =
        (request, response, chain) -> {
          response.getWriter().print("not this");
          response.reset();
          chain.doFilter(request, response);
        };
    server = new TestServer().filter(filter, Map.of()).filter(resetting, Map.of()).start();
    assertSays("payment_required", server.get("/x"));
  }

  @Test
  void onlyATokenThatVerifiesIsShownToTheApplication() throws Exception {
    serve(config(), service -> {});
    filter.updateServices(with(config(), service -> {}));
    String token = pay(server.get("/x"));
    filter.updateServices(with(config(), service -> service.set("dryrun", "true")));
    assertSays("granted", server.get("/x", "Authorization", token));
    String forged = token.substring(0, token.indexOf(':') + 1) + "ab".repeat(32);
    assertSays("payment_required;reason=wrong_preimage", server.get("/x", "Authorization", forged));
    assertEquals(List.of("paid:0 L402", "none null"), tokens);
  }

  private String pay(HttpResponse<String> unpaid) {
    L402Challenge challenge =
        L402Challenge.parse(unpaid.headers().allValues("WWW-Authenticate")).orElseThrow();
    String preimage = node.pay(challenge.invoice().toString()).toHex();
    return "L402 " + challenge.macaroonBase64() + ":" + preimage;
  }

  @Test
  void freeRequestsAreCountedApartFromRealOnes() throws Exception {
    serve(config(), service -> service.set("auth", "freebie 1"));
    assertSays("free", server.get("/x"));
    assertSays("payment_required", server.get("/x"));
    filter.updateServices(with(config(), service -> service.set("auth", "freebie 1")));
    assertEquals(200, server.get("/x").statusCode());
    assertEquals(402, server.get("/x").statusCode());
  }

  @Test
  void limitsAreCountedApartFromRealOnes() throws Exception {
    serve(
        config().set("challengelimits.client", "2/1h"),
        service -> service.set("authwhitelistpaths", "^/free").set("ratelimits", "1/1h"));
    assertSays("free", server.get("/free"));
    assertSays("throttled", server.get("/free"));
    assertSays("payment_required", server.get("/x"));
    assertSays("payment_required", server.get("/x"));
    assertSays("throttled", server.get("/x"));
    filter.updateServices(
        with(
            config().set("challengelimits.client", "2/1h"),
            service -> service.set("authwhitelistpaths", "^/free").set("ratelimits", "1/1h")));
    assertEquals(200, server.get("/free").statusCode());
    assertEquals(402, server.get("/x").statusCode());
  }

  @Test
  void everyOtherWordIsSaid() throws Exception {
    serve(
        config().set("blocklist", "192.0.2.7").set("trustedproxies", "127.0.0.1"),
        service -> service.set("authskipinvoicecreationpaths", "^/quiet"));
    assertSays("unauthorized", server.get("/quiet"));
    assertSays("forbidden", server.get("/x", "X-Forwarded-For", "192.0.2.7"));
    server.close();
    serve(
        config(),
        service ->
            service.pricer(
                Pricer.computed(
                    request -> {
                      throw new IllegalStateException("expected by a test");
                    })));
    assertSays("unavailable", server.get("/x"));
  }

  @Test
  void wordsAreThoseOfTheDecisions() {
    server = new TestServer();
    for (Decision.DryRun.Verdict verdict : Decision.DryRun.Verdict.values()) {
      String word =
          DryRunStep.value(
              new Decision.DryRun(verdict, java.util.Optional.of(RejectionReason.EXPIRED)));
      assertTrue(word.matches("[a-z_]+;reason=expired"), word);
    }
  }

  @Test
  void aPriceThatTakesItsTimeIsWaitedFor() throws Exception {
    CompletableFuture<io.l402.MilliSatoshi> price = new CompletableFuture<>();
    serve(config(), service -> service.pricer(request -> price));
    CompletableFuture<HttpResponse<String>> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return server.get("/x");
              } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    Awaitility.await().until(() -> price.getNumberOfDependents() > 0);
    price.complete(io.l402.MilliSatoshi.ofSat(1));
    assertSays("payment_required", answer.join());
  }

  @Test
  void whatComesBeforeAnyServiceIsRefusedAsEver() throws Exception {
    serve(config(), service -> service.host("127.0.0.1"));
    assertEquals(400, server.get("/a%2fb").statusCode());
    assertEquals(400, server.get("/x;a=b").statusCode());
    assertEquals(405, server.send("PROPFIND", "/x", "").statusCode());
    server.close();
    serve(config(), service -> service.host("shop.example"));
    assertEquals(421, server.get("/x").statusCode());
    assertEquals(0, server.reached.get());
  }

  @Test
  void theOperatorIsTold() throws Exception {
    serve(config(), service -> {});
    L402Config config = with(config(), service -> service.set("dryrun", "true"));
    assertTrue(
        config.warnings().get(0).contains("service paid: dryrun: everything passes unpaid"),
        config.warnings()::toString);
  }
}
