// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.L402Challenge;
import io.l402.L402ConfigException;
import io.l402.MilliSatoshi;
import io.l402.gate.L402Listener;
import io.l402.testkit.FakeLightning;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateServicesTest {
  private final FakeLightning node = FakeLightning.create();
  private L402Filter filter;
  private TestServer server;

  @BeforeEach
  void reset() {
    FakePrices.reset();
  }

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
    node.close();
  }

  private L402ConfigBuilder config() {
    return L402Config.builder().simulatedBackend(node).set("challengelimits", "off");
  }

  private L402Config paid(Consumer<ServiceBuilder> service) {
    return config().service("paid", service).build();
  }

  private void serve(L402Config config, Filter... more) throws Exception {
    filter = new L402Filter(config);
    server = new TestServer().filter(filter, Map.of());
    for (Filter one : more) {
      server.filter(one, Map.of());
    }
    server.start();
  }

  private static L402Challenge challenge(HttpResponse<String> unpaid) {
    return L402Challenge.parse(unpaid.headers().allValues("WWW-Authenticate")).orElseThrow();
  }

  private String pay(HttpResponse<String> unpaid) {
    L402Challenge challenge = challenge(unpaid);
    String preimage = node.pay(challenge.invoice().toString()).toHex();
    return "L402 " + challenge.macaroonBase64() + ":" + preimage;
  }

  @Test
  void changesServicesPricesHostsAndWhatIsUnmatched() throws Exception {
    serve(config().service("paid", s -> s.paths("/paid")).build());
    String token = pay(server.get("/paid"));
    assertEquals(200, server.get("/new").statusCode());
    filter.updateServices(
        config()
            .set("unmatched", "404")
            .service("paid", s -> s.paths("/paid").price(MilliSatoshi.ofSat(7)))
            .service("new", s -> s.paths("/new"))
            .build());
    assertEquals(MilliSatoshi.ofSat(7), challenge(server.get("/paid")).invoice().amount().get());
    assertEquals(402, server.get("/new").statusCode());
    assertEquals(404, server.get("/other").statusCode());
    assertEquals(200, server.get("/paid", "Authorization", token).statusCode(), "sold before");
    filter.updateServices(config().set("hosts", "shop.example").service("paid", s -> {}).build());
    assertEquals(421, server.get("/paid").statusCode());
  }

  @Test
  void revokesNothingAndCountsOn() throws Exception {
    Consumer<ServiceBuilder> limited =
        s -> s.set("auth", "freebie 2").set("ratelimits", List.of("3/1h"));
    serve(paid(limited));
    assertEquals(200, server.get("/x").statusCode());
    filter.updateServices(paid(s -> limited.accept(s.price(MilliSatoshi.ofSat(2)))));
    assertEquals(200, server.get("/x").statusCode());
    assertEquals(402, server.get("/x").statusCode(), "two free ones");
    filter.updateServices(paid(s -> s.set("auth", "off").set("ratelimits", List.of("3/1h"))));
    assertEquals(200, server.get("/x").statusCode());
    assertEquals(429, server.get("/x").statusCode(), "the limit has counted on");
    filter.updateServices(paid(s -> s.set("auth", "off").set("ratelimits", List.of("4/1h"))));
    assertEquals(200, server.get("/x").statusCode(), "another limit counts anew");
  }

  /** Who has paid must not wait for the node again, which may be down by then. */
  @Test
  void whatIsKnownToBeSettledStaysKnown() throws Exception {
    serve(config().set("strictverify", "true").service("paid", s -> {}).build());
    String token = pay(server.get("/x"));
    assertEquals(200, server.get("/x", "Authorization", token).statusCode());
    node.goDown();
    filter.updateServices(
        config().set("strictverify", "true").service("paid", s -> s.set("tier", "1")).build());
    assertEquals(200, server.get("/x", "Authorization", token).statusCode());
  }

  @Test
  void challengeLimitsCountOn() throws Exception {
    L402ConfigBuilder limited =
        L402Config.builder().simulatedBackend(node).set("challengelimits.client", "1/1h");
    serve(limited.service("paid", s -> {}).build());
    assertEquals(402, server.get("/x").statusCode());
    filter.updateServices(
        L402Config.builder()
            .simulatedBackend(node)
            .set("challengelimits.client", "1/1h")
            .service("other", s -> {})
            .build());
    assertEquals(429, server.get("/x").statusCode());
  }

  @Test
  void aRequestThatWaitsEndsAsItBegan() throws Exception {
    serve(paid(s -> s.paths("/x").price(MilliSatoshi.ofSat(5))));
    node.stall();
    CompletableFuture<HttpResponse<String>> waiting = later("/x");
    Awaitility.await().until(() -> node.unanswered() == 1);
    filter.updateServices(paid(s -> s.paths("/elsewhere").price(MilliSatoshi.ofSat(9))));
    assertEquals(200, server.get("/x").statusCode(), "nobody asks for money there now");
    node.resume();
    HttpResponse<String> answer = waiting.join();
    assertEquals(402, answer.statusCode());
    assertEquals(MilliSatoshi.ofSat(5), challenge(answer).invoice().amount().orElseThrow());
  }

  @Test
  void aForwardIsDecidedOnByTheServicesTheRequestBeganWith() throws Exception {
    L402Config open = paid(s -> s.paths("/inner").auth(io.l402.gate.AuthLevel.OFF));
    AtomicBoolean updated = new AtomicBoolean();
    Filter forwarder =
        (request, response, chain) -> {
          if (updated.compareAndSet(false, true)) {
            filter.updateServices(paid(s -> s.paths("/inner")));
            request.getRequestDispatcher("/inner").forward(request, response);
          } else {
            chain.doFilter(request, response);
          }
        };
    serve(open, forwarder);
    assertEquals(200, server.get("/outer").statusCode());
    assertEquals(402, server.get("/inner").statusCode());
  }

  private CompletableFuture<HttpResponse<String>> later(String target) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return server.get(target);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void refusesWhatCannotChangeNamesItAndChangesNothing(@TempDir Path folder) throws Exception {
    serve(paid(s -> {}));
    FakeLightning other = FakeLightning.create();
    L402ConfigBuilder next =
        L402Config.builder()
            .backend(other)
            .masterKeyFile(folder.resolve("secret-keys"))
            .set("realm", "two")
            .set("revocationfile", folder.resolve("r").toString())
            .set("network", "regtest")
            .set("backendsettings.colour", "red")
            .set("strictverify", "true")
            .set("strictcaveats", "true")
            .set("challengelimits.client", "1/1h")
            .set("invoiceexpiry", "61s")
            .set("backenddeadline", "3s")
            .set("maxinflight", "3")
            .set("legacychallenge", "false")
            .set("tokenparameter", "false")
            .set("invalidcredential", "401")
            .set("freebiewindow", "2h")
            .set("blocklist", "192.0.2.1")
            .set("trustedproxies", "192.0.2.1")
            .set("publichost", "shop.example")
            .set("methods", "PROPFIND")
            .set("allowpathparameters", "true")
            .set("mergeslashes", "true")
            .set("allowencodedpercent", "true")
            .set("cors.origins", "*")
            .set("drainlimit", "5")
            .listener(new L402Listener() {})
            .clock(Clock.system(ZoneOffset.ofHours(1)))
            .service("open", s -> s.auth(io.l402.gate.AuthLevel.OFF));
    String message =
        assertThrows(L402ConfigException.class, () -> filter.updateServices(next.build()))
            .getMessage();
    assertTrue(
        message.endsWith(
            ": backend, network, invoiceexpiry, backenddeadline, masterkeyfile, realm,"
                + " revocationfile, legacychallenge, tokenparameter, invalidcredential,"
                + " maxinflight, challengelimits, trustedproxies, blocklist, publichost, methods,"
                + " allowpathparameters, mergeslashes, allowencodedpercent, cors, drainlimit,"
                + " strictverify, strictcaveats, freebiewindow, listener, clock"),
        message);
    assertFalse(message.contains("secret-keys"), message);
    assertEquals(402, server.get("/x").statusCode());
    other.close();
  }

  @Test
  void namesBackendsettingsThatDiffer() throws Exception {
    serve(paid(s -> {}));
    L402Config next = config().set("backendsettings.a", "b").service("paid", s -> {}).build();
    String message =
        assertThrows(L402ConfigException.class, () -> filter.updateServices(next)).getMessage();
    assertTrue(message.endsWith(": backendsettings"), message);
  }

  /** Every global key is either changed by an update, or refused by name. */
  @Test
  void knowsEveryGlobalKey() throws Exception {
    String source = Files.readString(Path.of("src/main/java/io/l402/servlet/FixedSettings.java"));
    for (String key : ConfigKeys.inside(ConfigKeys.GLOBAL, "")) {
      boolean changes = List.of("services", "hosts", "unmatched", "authenticator").contains(key);
      assertTrue(changes || source.contains('"' + key + '"'), key);
    }
  }

  @Test
  void servicesThatDoNotFitTogetherChangeNothing() throws Exception {
    serve(paid(s -> {}));
    L402Config next =
        config()
            .service("paid", s -> s.set("constraints.a", "1"))
            .service("other", s -> s.set("constraints.b", "1"))
            .build();
    filter.updateServices(next);
    assertThrows(
        L402ConfigException.class,
        () -> filter.updateServices(L402Config.builder().service("a", s -> {}).build()));
    assertEquals(402, server.get("/x").statusCode());
  }

  @Test
  void isForAFilterThatRuns() throws Exception {
    L402Config config = paid(s -> {});
    assertThrows(IllegalStateException.class, () -> new L402Filter(config).updateServices(config));
    serve(config);
    server.close();
    assertThrows(IllegalStateException.class, () -> filter.updateServices(config));
    server = null;
  }

  @Test
  void takesAFileThatWasChanged(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("l402.yaml"), yaml(5));
    serve(L402Config.load(file));
    assertTrue(server.get("/x", "Accept", "application/json").body().contains(":5000,"));
    Files.writeString(file, yaml(6));
    filter.updateServices(L402Config.load(file));
    assertTrue(server.get("/x", "Accept", "application/json").body().contains(":6000,"));
  }

  private static String yaml(int price) {
    return "backend: simulated\nservices:\n  - {name: a, price: " + price + "}\n";
  }

  /**
   * Under load: every answer is one that the services of one moment give, the prices of one service
   * and its price server never mix with those of another, and no price is asked for on a connection
   * that has ended.
   */
  /** Whoever did not make the filter finds it, and can say again what it was made from. */
  @Test
  void updatesAFilterThatContextParamsMade(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("l402.yaml");
    Files.writeString(file, "backend: simulated\nservices: [{name: a, paths: /a}]\n");
    server =
        new TestServer()
            .contextParameter("l402.config", file.toString())
            .filter(new L402Filter(), Map.of())
            .start();
    assertEquals(404, server.get("/b").statusCode());
    ServletContext context = server.servletContext();
    L402Filter found = (L402Filter) context.getAttribute(L402Filter.FILTER_ATTRIBUTE);
    found.updateServices(
        L402Config.builder(context).service("b", service -> service.paths("/b")).build());
    assertEquals(402, server.get("/a").statusCode());
    assertEquals(402, server.get("/b").statusCode());
  }

  @Test
  void losesNothingUnderLoad() throws Exception {
    FakePrices.price =
        () ->
            ThreadLocalRandom.current().nextBoolean()
                ? CompletableFuture.completedFuture(MilliSatoshi.ofSat(3))
                : CompletableFuture.supplyAsync(() -> MilliSatoshi.ofSat(3));
    filter = new L402Filter(loaded(0));
    server = FakePrices.installed(() -> new TestServer().filter(filter, Map.of()).start());
    String token = pay(server.get("/fixed"));
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger asked = new AtomicInteger();
    Queue<String> wrong = new ConcurrentLinkedQueue<>();
    CountDownLatch warm = new CountDownLatch(4);
    List<Thread> clients =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    new Thread(
                        () -> {
                          warm.countDown();
                          while (!over.get()) {
                            asked.incrementAndGet();
                            check("/fixed", 402, wrong);
                            check("/fixed", 200, wrong, "Authorization", token);
                            check("/asked", 402, wrong);
                          }
                        }))
            .toList();
    clients.forEach(Thread::start);
    warm.await();
    int updates = 0;
    while (asked.get() < 400 || updates < 100) {
      updates++;
      L402Config next = loaded(updates);
      FakePrices.installed(
          () -> {
            filter.updateServices(next);
            return null;
          });
    }
    over.set(true);
    for (Thread client : clients) {
      client.join();
    }
    assertEquals(List.of(), List.copyOf(wrong).stream().limit(5).toList());
    assertEquals(1, FakePrices.OPEN.size(), FakePrices.OPEN::toString);
    server.close();
    server = null;
    assertEquals(0, FakePrices.OPEN.size());
  }

  private void check(String target, int status, Queue<String> wrong, String... fields) {
    try {
      HttpResponse<String> answer = server.get(target, fields);
      if (answer.statusCode() != status) {
        wrong.add(target + " " + answer.statusCode());
      } else if (status == 402) {
        L402Challenge challenge = challenge(answer);
        String caveats =
            challenge.macaroon().caveats().stream()
                .map(caveat -> new String(caveat.id(), StandardCharsets.UTF_8))
                .toList()
                .toString();
        long sat = challenge.invoice().amount().orElseThrow().msat() / 1000;
        boolean fits =
            target.equals("/fixed")
                ? caveats.contains("price=" + sat + "]")
                : caveats.contains("l402_amount_msat=3000");
        if (!fits) {
          wrong.add(target + " " + sat + " " + caveats);
        }
      }
    } catch (Exception e) {
      wrong.add(e.toString());
    }
  }

  /** Tokens say what they were sold for, so that a mixture shows. */
  private L402Config loaded(int update) throws Exception {
    return FakePrices.installed(
        () ->
            config()
                .set("backenddeadline", Duration.ofSeconds(20).toString())
                .set("maxinflight", "100")
                .service(
                    "fixed",
                    s ->
                        s.paths("/fixed")
                            .price(MilliSatoshi.ofSat(10 + update % 2))
                            .set("constraints.price", "" + (10 + update % 2)))
                .service(
                    "asked",
                    s ->
                        s.paths("/asked")
                            .set("dynamicprice.enabled", "true")
                            .set("dynamicprice.grpcaddress", "server" + update / 3 + ":1"))
                .build());
  }
}
