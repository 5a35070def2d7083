// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.L402Challenge;
import io.l402.L402Identifier;
import io.l402.PaymentHash;
import io.l402.gate.L402Listener;
import io.l402.keys.RevocationList;
import io.l402.macaroon.Macaroon;
import io.l402.testkit.FakeLightning;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every key that concerns the filter changes what a client sees: none is read and forgotten. */
class WiredKeysTest {
  @TempDir Path folder;

  private final FakeLightning node = FakeLightning.create();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
    node.close();
  }

  private TestServer serve(Consumer<L402ConfigBuilder> keys) throws Exception {
    return serve(keys, service -> {});
  }

  private TestServer serve(Consumer<L402ConfigBuilder> keys, Consumer<ServiceBuilder> service)
      throws Exception {
    L402ConfigBuilder config =
        L402Config.builder().simulatedBackend(node).set("challengelimits", "off");
    keys.accept(config);
    return start(config.service("paid", service).build());
  }

  private TestServer start(L402Config config) throws Exception {
    TestServer server = new TestServer().filter(new L402Filter(config), Map.of()).start();
    open.add(server);
    return server;
  }

  private static L402Challenge challenge(HttpResponse<String> answer) {
    return L402Challenge.parse(answer.headers().allValues("WWW-Authenticate")).orElseThrow();
  }

  private String credential(HttpResponse<String> unpaid, String... caveats) {
    L402Challenge challenge = challenge(unpaid);
    Macaroon macaroon = challenge.macaroon();
    for (String caveat : caveats) {
      macaroon = macaroon.attenuate(caveat.getBytes(StandardCharsets.UTF_8));
    }
    String preimage = node.pay(challenge.invoice().toString()).toHex();
    return "L402 " + Base64.getEncoder().encodeToString(macaroon.toByteArray()) + ":" + preimage;
  }

  private static int status(TestServer server, String target, String... fields)
      throws IOException, InterruptedException {
    return server.get(target, fields).statusCode();
  }

  @Test
  void legacychallengeAndTokenparameterChooseTheFields() throws Exception {
    List<String> both = serve(keys -> {}).get("/x").headers().allValues("WWW-Authenticate");
    assertTrue(both.get(0).startsWith("LSAT "));
    assertTrue(both.get(1).contains(", version=\"0\", token=\""));
    List<String> one =
        serve(keys -> keys.set("legacychallenge", "false").set("tokenparameter", "false"))
            .get("/x")
            .headers()
            .allValues("WWW-Authenticate");
    assertEquals(1, one.size());
    assertFalse(one.get(0).contains("version"), one::toString);
  }

  @Test
  void invalidcredentialChoosesTheStatus() throws Exception {
    TestServer server = serve(keys -> keys.set("invalidcredential", "401"));
    assertEquals(401, status(server, "/x", "Authorization", "L402 x:y"));
    assertEquals(402, status(server, "/x"));
  }

  @Test
  void strictcaveatsRefusesUnknownCaveats() throws Exception {
    TestServer lax = serve(keys -> {});
    assertEquals(200, status(lax, "/x", "Authorization", credential(lax.get("/x"), "colour=red")));
    TestServer strict = serve(keys -> keys.set("strictcaveats", "true"));
    HttpResponse<String> unpaid = strict.get("/x");
    assertEquals(402, status(strict, "/x", "Authorization", credential(unpaid, "colour=red")));
  }

  @Test
  void strictverifyAsksTheNode() throws Exception {
    TestServer server = serve(keys -> keys.set("strictverify", "true"));
    String credential = credential(server.get("/x"));
    assertEquals(0, node.lookupCalls());
    assertEquals(200, status(server, "/x", "Authorization", credential));
    assertEquals(1, node.lookupCalls());
  }

  @Test
  void realmAndMasterkeyfileMakeTheKeys() throws Exception {
    Path file = folder.resolve("keys");
    String credential = credential(start(real(file, "one")).get("/x"));
    assertEquals(200, status(start(real(file, "one")), "/x", "Authorization", credential));
    assertEquals(402, status(start(real(file, "two")), "/x", "Authorization", credential));
  }

  private L402Config real(Path file, String realm) {
    return L402Config.builder()
        .backend(node)
        .set("network", "regtest")
        .set("realm", realm)
        .masterKeyFile(file)
        .service("paid", service -> {})
        .build();
  }

  @Test
  void revocationfileIsReadAgain() throws Exception {
    Path file = folder.resolve("revoked");
    TestServer server = serve(keys -> keys.set("revocationfile", file.toString()));
    HttpResponse<String> unpaid = server.get("/x");
    String credential = credential(unpaid);
    assertEquals(200, status(server, "/x", "Authorization", credential));
    byte[] identifier = challenge(unpaid).macaroon().identifier();
    RevocationList.file(file, Clock.systemUTC())
        .revoke(L402Identifier.of(identifier).tokenId(), Instant.now().plusSeconds(3600));
    Awaitility.await().until(() -> status(server, "/x", "Authorization", credential) == 402);
  }

  @Test
  void settlementcursorfileGoesOnAfterARestart() throws Exception {
    Path cursor = folder.resolve("cursor");
    List<PaymentHash> first = new CopyOnWriteArrayList<>();
    TestServer server = start(hearing(cursor, first));
    String paid = challenge(server.get("/x")).invoice().toString();
    node.pay(paid);
    Awaitility.await().until(() -> Files.exists(cursor));
    server.close();
    List<PaymentHash> second = new CopyOnWriteArrayList<>();
    node.pay(challenge(start(hearing(cursor, second)).get("/x")).invoice().toString());
    Awaitility.await().until(() -> !second.isEmpty());
    assertEquals(1, first.size());
    assertEquals(1, second.size());
    assertNotEquals(first, second);
    Exception shared = assertThrows(Exception.class, () -> start(hearing(cursor, first)));
    assertTrue(shared.getMessage().contains("needs a file of its own"), shared::getMessage);
  }

  /** What the listener throws changes nothing. */
  private L402Config hearing(Path cursor, List<PaymentHash> heard) {
    return L402Config.builder()
        .backend(node)
        .set("network", "regtest")
        .set("settlementcursorfile", cursor.toString())
        .masterKeyFile(folder.resolve("keys"))
        .service("paid", service -> {})
        .listener(
            new L402Listener() {
              @Override
              public void settled(PaymentHash paymentHash) {
                heard.add(paymentHash);
                throw new IllegalStateException("expected by a test");
              }
            })
        .build();
  }

  @Test
  void networkIsWhatInvoicesMustBeFor() throws Exception {
    TestServer server = serve(keys -> keys.set("network", "mainnet"));
    assertEquals(503, status(server, "/x"));
  }

  @Test
  void invoiceexpiryAndPublichostStandInTheInvoice() throws Exception {
    L402Challenge challenge =
        challenge(
            serve(keys -> keys.set("invoiceexpiry", "61s").set("publichost", "shop.example"))
                .get("/x"));
    assertEquals(
        Duration.ofSeconds(61),
        Duration.between(challenge.invoice().timestamp(), challenge.invoice().expiresAt()));
    assertEquals("L402 paid shop.example", challenge.invoice().description().orElse(""));
  }

  @Test
  void maxinflightAndBackenddeadlineBoundTheCalls() throws Exception {
    TestServer server = serve(keys -> keys.set("maxinflight", "1").set("backenddeadline", "60s"));
    node.stall();
    CompletableFuture<Integer> first =
        CompletableFuture.supplyAsync(() -> quietly(() -> status(server, "/x")));
    Awaitility.await().until(() -> node.unanswered() == 1);
    assertEquals(503, status(server, "/x"));
    node.resume();
    assertEquals(402, first.join());
    node.stall();
    assertEquals(503, status(serve(keys -> keys.set("backenddeadline", "100ms")), "/x"));
    node.resume();
  }

  private static <T> T quietly(java.util.concurrent.Callable<T> call) {
    try {
      return call.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void challengelimitsBoundTheChallenges() throws Exception {
    TestServer server =
        start(
            L402Config.builder()
                .simulatedBackend(node)
                .set("challengelimits.client", "2/1h")
                .service("paid", service -> {})
                .build());
    assertEquals(402, status(server, "/x"));
    assertEquals(402, status(server, "/x"));
    assertEquals(429, status(server, "/x"));
  }

  @Test
  void freebiesComeBackAfterTheFreebiewindow() throws Exception {
    TestServer server =
        serve(keys -> keys.set("freebiewindow", "1s"), s -> s.set("auth", "freebie 1"));
    assertEquals(200, status(server, "/x"));
    Awaitility.await().until(() -> status(server, "/x") == 200);
  }

  @Test
  void blocklistGoesByWhatTrustedproxiesSay() throws Exception {
    TestServer server =
        serve(keys -> keys.set("trustedproxies", "127.0.0.1").set("blocklist", "192.0.2.0/24"));
    assertEquals(403, status(server, "/x", "X-Forwarded-For", "192.0.2.7"));
    assertEquals(402, status(server, "/x", "X-Forwarded-For", "198.51.100.7"));
    TestServer alone = serve(keys -> keys.set("blocklist", "192.0.2.0/24"));
    assertEquals(402, status(alone, "/x", "X-Forwarded-For", "192.0.2.7"));
  }

  @Test
  void hostsAndHostTellForeignOnes() throws Exception {
    assertEquals(421, status(serve(keys -> keys.set("hosts", "shop.example")), "/x"));
    assertEquals(402, status(serve(keys -> keys.set("hosts", "127.0.0.1")), "/x"));
    assertEquals(421, status(serve(keys -> {}, s -> s.host("shop.example")), "/x"));
    assertEquals(421, status(serve(keys -> {}, s -> s.set("hostregexp", "^shop$")), "/x"));
  }

  @Test
  void unmatchedAnswersWhatNobodyTakes() throws Exception {
    Consumer<ServiceBuilder> paid = service -> service.paths("/paid");
    assertEquals(200, status(serve(keys -> {}, paid), "/x"));
    assertEquals(403, status(serve(keys -> keys.set("unmatched", "deny"), paid), "/x"));
    assertEquals(404, status(serve(keys -> keys.set("unmatched", "404"), paid), "/x"));
  }

  @Test
  void lenienciesAndMethodsLetInWhatIsRefusedOtherwise() throws Exception {
    TestServer strict = serve(keys -> {});
    assertEquals(400, status(strict, "/x;a=b"));
    assertEquals(402, status(serve(keys -> keys.set("allowpathparameters", "true")), "/x;a=b"));
    assertEquals(405, strict.send("PROPFIND", "/x", "").statusCode());
    TestServer webdav = serve(keys -> keys.set("methods", "PROPFIND"));
    assertEquals(402, webdav.send("PROPFIND", "/x", "").statusCode());
  }

  @Test
  void whatATokenIsSoldWithStandsInIt() throws Exception {
    String caveats =
        challenge(
                serve(
                        keys -> {},
                        s ->
                            s.set("tier", "3")
                                .capabilities("read")
                                .set("constraints.plan", "gold")
                                .timeout(Duration.ofDays(1)))
                    .get("/x"))
            .macaroon()
            .caveats()
            .stream()
            .map(caveat -> new String(caveat.id(), StandardCharsets.UTF_8))
            .toList()
            .toString();
    assertTrue(
        caveats.startsWith("[services=paid:3, paid_capabilities=read, plan=gold, paid_valid_until"),
        caveats);
  }

  @Test
  void mintierAndRequirecapabilityRefuseLesserTokens() throws Exception {
    Path file = folder.resolve("keys");
    String credential = credential(start(tiered(file, s -> {})).get("/x"));
    assertEquals(200, status(start(tiered(file, s -> {})), "/x", "Authorization", credential));
    TestServer higher = start(tiered(file, s -> s.set("tier", "2").set("mintier", "1")));
    assertEquals(402, status(higher, "/x", "Authorization", credential));
    TestServer capable = start(tiered(file, s -> s.requireCapability("write")));
    String none = credential(start(tiered(file, s -> s.capabilities("read"))).get("/x"));
    assertEquals(402, status(capable, "/x", "Authorization", none));
  }

  private L402Config tiered(Path file, Consumer<ServiceBuilder> service) {
    return L402Config.builder()
        .backend(node)
        .set("network", "regtest")
        .masterKeyFile(file)
        .service("paid", service)
        .build();
  }

  @Test
  void pathsCanBeFreeOrWithoutAnInvoice() throws Exception {
    TestServer server =
        serve(
            keys -> {},
            s ->
                s.freePaths("/free")
                    .set("authwhitelistpaths", "^/open/")
                    .set("authskipinvoicecreationpaths", "^/quiet"));
    assertEquals(200, status(server, "/free"));
    assertEquals(200, status(server, "/open/x"));
    assertEquals(401, status(server, "/quiet"));
    assertEquals(402, status(server, "/FREE"));
  }

  @Test
  void drainlimitBoundsWhatIsReadOfABody() throws Exception {
    HttpResponse<String> read = serve(keys -> {}).send("POST", "/x", "0123456789");
    assertEquals(List.of(), read.headers().allValues("Connection"));
    HttpResponse<String> left =
        serve(keys -> keys.set("drainlimit", "0")).send("POST", "/x", "0123456789");
    assertEquals(List.of("close"), left.headers().allValues("Connection"));
  }

  @Test
  void corsNamesItsOrigins() throws Exception {
    TestServer server = serve(keys -> keys.set("cors.origins", "https://a.example"));
    assertEquals(
        List.of("https://a.example"),
        server
            .get("/x", "Origin", "https://a.example")
            .headers()
            .allValues("Access-Control-Allow-Origin"));
  }
}
