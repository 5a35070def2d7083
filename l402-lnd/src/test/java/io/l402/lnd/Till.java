// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.L402Challenge;
import io.l402.MilliSatoshi;
import io.l402.RequestHeaders;
import io.l402.gate.AccessRequest;
import io.l402.gate.Decision;
import io.l402.gate.L402Gate;
import io.l402.gate.L402GateBuilder;
import io.l402.gate.L402Listener;
import io.l402.gate.ServicePolicy;
import io.l402.keys.MasterKeys;
import io.l402.keys.RootKeyStore;
import io.l402.lightning.BackendHealth;
import io.l402.lightning.GuardedBackend;
import io.l402.lightning.LightningException;
import io.l402.lightning.Network;
import io.l402.lnd.fake.FakeLnd;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A gate that sells one thing, with the lnd backend behind its guard: as the filter has it. */
final class Till implements AutoCloseable {
  static final Duration DEADLINE = Duration.ofSeconds(2);

  /** Ten times what is promised for any recovery. */
  static final Duration PATIENCE = Duration.ofSeconds(50);

  private static final ServicePolicy WEATHER =
      ServicePolicy.builder("weather").price(MilliSatoshi.ofSat(10)).build();

  /** The same for all: a till that is opened anew takes the tokens of the one before. */
  private static final MasterKeys KEYS = MasterKeys.inMemory(new SecureRandom());

  final List<LightningException> failures = new CopyOnWriteArrayList<>();
  final LndBackend lnd;
  final GuardedBackend backend;
  private final AtomicLong skipped = new AtomicLong();
  private final L402Gate gate;

  private Till(LndSettings settings, Consumer<L402GateBuilder> more) {
    lnd = LndBackend.connect(settings);
    backend =
        GuardedBackend.builder(lnd)
            .network(Network.REGTEST)
            .deadline(DEADLINE)
            .nanoTime(() -> System.nanoTime() + skipped.get())
            .random(() -> 0)
            .build();
    L402GateBuilder builder =
        L402Gate.builder(RootKeyStore.derived(KEYS), List.of(WEATHER))
            .backend(backend)
            .publicHost("shop.example")
            .listener(
                new L402Listener() {
                  @Override
                  public void backendFailed(LightningException failure) {
                    failures.add(failure);
                  }
                });
    more.accept(builder);
    gate = builder.build();
  }

  static Till open(LndSettings settings) {
    return new Till(settings, builder -> {});
  }

  static Till open(FakeLnd lnd) {
    return open(settings(lnd).build());
  }

  static Till openStrict(FakeLnd lnd) {
    return openStrict(settings(lnd).build());
  }

  static Till openStrict(LndSettings settings) {
    return new Till(settings, builder -> builder.strictVerify(true));
  }

  static LndSettingsBuilder settings(FakeLnd lnd) {
    return LndSettings.builder(lnd.host())
        .tlsCertificate(lnd.tlsCert())
        .macaroon(lnd.invoiceMacaroon())
        .network(Network.REGTEST)
        .deadline(DEADLINE);
  }

  /** A client without a token asks. */
  Decision ask() {
    return decide(RequestHeaders.NONE);
  }

  CompletableFuture<Decision> asking() {
    return gate.decide(request(RequestHeaders.NONE)).toCompletableFuture();
  }

  /** A client with a token asks. */
  Decision present(String authorization) {
    return decide(
        name -> name.equalsIgnoreCase("Authorization") ? List.of(authorization) : List.of());
  }

  private Decision decide(RequestHeaders headers) {
    try {
      return gate.decide(request(headers))
          .toCompletableFuture()
          .get(10 * DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static AccessRequest request(RequestHeaders headers) {
    return AccessRequest.of(WEATHER, "GET", "/weather", headers, InetAddress.getLoopbackAddress());
  }

  L402Challenge challenge() {
    Decision decision = ask();
    return assertInstanceOf(Decision.PaymentRequired.class, decision, failures::toString)
        .challenge();
  }

  /** Asks, pays, and returns what to present. */
  String buy(FakeLnd payee) {
    L402Challenge challenge = challenge();
    return challenge
        .withPreimage(payee.pay(challenge.invoice().paymentRequest()))
        .toAuthorization();
  }

  /** No challenge now, and the client is told when to try again. */
  void assertNoChallenge() {
    Decision.Unavailable decision = assertInstanceOf(Decision.Unavailable.class, ask());
    assertTrue(decision.retryAfter().toMillis() >= 1000, decision::toString);
  }

  void assertGranted(String authorization) {
    assertInstanceOf(Decision.Granted.class, present(authorization));
  }

  /** What a breaker would wait for is over. */
  void skip(Duration time) {
    skipped.addAndGet(time.toNanos());
  }

  /** Waits until challenges are made again, without waiting for the breaker. */
  void awaitRecovery() {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              skip(Duration.ofSeconds(30));
              return ask() instanceof Decision.PaymentRequired;
            });
  }

  BackendHealth health() {
    return lnd.health().toCompletableFuture().join();
  }

  void assertHealth(BackendHealth.Status status, String part) {
    BackendHealth health = health();
    assertEquals(status, health.status(), health::detail);
    assertTrue(health.detail().contains(part), health::detail);
  }

  void awaitHealth(BackendHealth.Status status) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertEquals(status, health().status(), health()::detail));
  }

  @Override
  public void close() {
    backend.close();
  }
}
