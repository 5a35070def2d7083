// SPDX-License-Identifier: Apache-2.0
package io.l402.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.l402.L402ConfigException;
import io.l402.L402Exception;
import io.l402.MilliSatoshi;
import io.l402.gate.PriceServer;
import io.l402.gate.Pricer;
import io.l402.gate.PricerProvider;
import io.l402.grpc.FakePriceServer.Question;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcPricerTest {
  /** Long: what must happen before it does not depend on how fast the machine is. */
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private FakePriceServer server() {
    FakePriceServer server = FakePriceServer.start();
    open.add(server);
    return server;
  }

  private GrpcPricer pricer(int port, Duration deadline) {
    return pricer(new PriceServer("127.0.0.1:" + port, true, Optional.empty(), deadline));
  }

  private GrpcPricer pricer(PriceServer server) {
    GrpcPricer pricer = GrpcPricer.connect(server);
    open.add(0, pricer);
    return pricer;
  }

  private static CompletableFuture<MilliSatoshi> ask(Pricer pricer, String... fields) {
    return pricer.price(TestHeaders.request("GET", "/v1/x", fields)).toCompletableFuture();
  }

  private static String failure(CompletableFuture<MilliSatoshi> price) {
    CompletionException failed = assertThrows(CompletionException.class, price::join);
    return assertInstanceOf(L402Exception.class, failed.getCause()).getMessage();
  }

  @Test
  void asksAsApertureDoes() {
    FakePriceServer server = server();
    server.price = question -> 12L;
    Pricer pricer = pricer(server.port(), LONG);
    assertEquals(MilliSatoshi.ofSat(12), ask(pricer, "Host", "shop.example").join());
    assertEquals(
        List.of(new Question("/v1/x", "GET /v1/x HTTP/1.1\r\nHost: shop.example\r\n\r\n")),
        server.questions);
    assertFalse(pricer.fixed());
    assertFalse(pricer.inProcess());
  }

  @Test
  void takesNothingForNothing() {
    FakePriceServer server = server();
    server.price = question -> 0L;
    assertTrue(ask(pricer(server.port(), LONG)).join().isZero());
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, 10_000_000_000_001L, Long.MAX_VALUE})
  void refusesAPriceThatIsNone(long sats) {
    FakePriceServer server = server();
    server.price = question -> sats;
    String message = failure(ask(pricer(server.port(), LONG)));
    assertTrue(message.endsWith(": a price of " + sats + " sat"), message);
  }

  @Test
  void takesTheLargestPriceThereIs() {
    FakePriceServer server = server();
    server.price = question -> 10_000_000_000_000L;
    assertEquals(new MilliSatoshi(MilliSatoshi.MAX_MSAT), ask(pricer(server.port(), LONG)).join());
  }

  @Test
  void saysWhatTheServerSays() {
    FakePriceServer server = server();
    server.price =
        question -> {
          throw Status.NOT_FOUND.withDescription("no\nsuch thing").asRuntimeException();
        };
    String message = failure(ask(pricer(server.port(), LONG)));
    assertTrue(message.endsWith(": GetPrice: NOT_FOUND: no such thing"), message);
  }

  @Test
  void waitsNoLongerThanItsDeadline() {
    FakePriceServer server = server();
    server.fallSilent();
    String message = failure(ask(pricer(server.port(), Duration.ofMillis(200))));
    assertTrue(message.contains("GetPrice: DEADLINE_EXCEEDED"), message);
  }

  @Test
  void comesBackWhenTheServerDoes() {
    FakePriceServer first = server();
    int port = first.port();
    Pricer pricer = pricer(port, LONG);
    ask(pricer).join();
    first.close();
    assertTrue(failure(ask(pricer)).contains("UNAVAILABLE"));
    open.add(FakePriceServer.startOn(port));
    Awaitility.await()
        .atMost(LONG)
        .until(() -> !ask(pricer).handle((p, e) -> e).thenApply(e -> e != null).join());
  }

  @Test
  void asksForNoMoreThanItsShareAtOnce() {
    FakePriceServer server = server();
    server.fallSilent();
    Pricer pricer = pricer(server.port(), LONG);
    List<CompletableFuture<MilliSatoshi>> asked = new ArrayList<>();
    for (int i = 0; i < GrpcPricer.MAX_IN_FLIGHT; i++) {
      asked.add(ask(pricer));
    }
    assertTrue(failure(ask(pricer)).endsWith("too many prices are asked for at once"));
    Awaitility.await().until(() -> server.unanswered() == GrpcPricer.MAX_IN_FLIGHT);
    server.speak();
    asked.forEach(CompletableFuture::join);
    assertEquals(MilliSatoshi.ofSat(1), ask(pricer).join());
  }

  /** A deadline that is no number of nanoseconds makes the call itself throw. */
  @Test
  void aQuestionThatCannotBeAskedFailsAndGivesItsPlaceBack() {
    GrpcPricer pricer = pricer(server().port(), Duration.ofDays(200_000));
    for (int i = 0; i <= GrpcPricer.MAX_IN_FLIGHT; i++) {
      CompletableFuture<MilliSatoshi> price = ask(pricer).orTimeout(30, TimeUnit.SECONDS);
      assertTrue(failure(price).endsWith(": it could not be asked"));
    }
  }

  @Test
  void letsCallsUnderWayEndWhenItIsClosed() throws Exception {
    FakePriceServer server = server();
    server.fallSilent();
    GrpcPricer pricer = pricer(server.port(), LONG);
    CompletableFuture<MilliSatoshi> price = ask(pricer);
    Awaitility.await().until(() -> server.unanswered() == 1);
    CompletableFuture<Void> closed = CompletableFuture.runAsync(pricer::close);
    assertFalse(price.isDone());
    server.speak();
    assertEquals(MilliSatoshi.ofSat(1), price.join());
    closed.join();
    assertTrue(failure(ask(pricer)).endsWith(": closed"));
  }

  @Test
  void leavesNoThreadBehind() {
    FakePriceServer server = server();
    for (int i = 0; i < 10; i++) {
      GrpcPricer pricer = pricer(server.port(), LONG);
      ask(pricer).join();
      assertFalse(threads().isEmpty());
      pricer.close();
    }
    Awaitility.await().until(() -> threads().isEmpty());
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("l402-price-"))
        .toList();
  }

  @Test
  void startsNoThreadBeforeItIsAsked() {
    pricer(server().port(), LONG);
    assertEquals(List.of(), threads());
  }

  @Test
  void trustsTheCertificateItIsGivenAndNoOther() throws Exception {
    TestCertificate certificate = TestCertificate.create(folder, "localhost");
    FakePriceServer server = FakePriceServer.startTls(certificate);
    open.add(server);
    String address = "localhost:" + server.port();
    Optional<Path> trusted = Optional.of(certificate.certificate());
    assertEquals(
        MilliSatoshi.ofSat(1), ask(pricer(new PriceServer(address, false, trusted, LONG))).join());
    PriceServer platform = new PriceServer(address, false, Optional.empty(), LONG);
    assertTrue(failure(ask(pricer(platform))).contains("UNAVAILABLE"));
    Optional<Path> other =
        Optional.of(TestCertificate.create(folder, "other.example").certificate());
    PriceServer wrong = new PriceServer(address, false, other, LONG);
    assertTrue(failure(ask(pricer(wrong))).contains("UNAVAILABLE"));
    assertTrue(failure(ask(pricer(server.port(), LONG))).contains("UNAVAILABLE"), "in the clear");
    assertEquals(1, server.questions.size());
  }

  @Test
  void checksTheNameInTheCertificate() throws Exception {
    TestCertificate certificate = TestCertificate.create(folder, "other.example");
    FakePriceServer server = FakePriceServer.startTls(certificate);
    open.add(server);
    PriceServer named =
        new PriceServer(
            "localhost:" + server.port(), false, Optional.of(certificate.certificate()), LONG);
    assertTrue(failure(ask(pricer(named))).contains("UNAVAILABLE"));
    assertEquals(List.of(), server.questions);
  }

  @Test
  void refusesACertificateThatCannotBeRead() throws Exception {
    Path none = folder.resolve("none");
    Path empty = Files.writeString(folder.resolve("empty"), "");
    Path text = Files.writeString(folder.resolve("text"), "nothing");
    Path broken =
        Files.writeString(
            folder.resolve("broken"),
            "-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n");
    for (Path path : List.of(none, empty, text, broken, folder)) {
      PriceServer server = new PriceServer("localhost:1", false, Optional.of(path), LONG);
      String message =
          assertThrows(L402ConfigException.class, () -> GrpcPricer.connect(server)).getMessage();
      assertTrue(message.startsWith("dynamicprice.tlscertpath: " + path), message);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "localhost:0", "localhost:65536", "http://a:1", ":1", "a_b:1", ""})
  void refusesWhatIsNoAddress(String address) {
    PriceServer server = new PriceServer(address, true, Optional.empty(), LONG);
    assertThrows(L402ConfigException.class, () -> GrpcPricer.connect(server));
  }

  @Test
  void readsAddressesOfBothKinds() {
    assertEquals(new PriceAddress("::1", 10), PriceAddress.parse("[::1]:10"));
    assertEquals(new PriceAddress("prices.example", 443), PriceAddress.parse("prices.example:443"));
  }

  @Test
  void isFoundByTheServiceLoader() {
    assertTrue(
        ServiceLoader.load(PricerProvider.class).stream()
            .anyMatch(found -> found.type() == GrpcPricerProvider.class));
  }
}
