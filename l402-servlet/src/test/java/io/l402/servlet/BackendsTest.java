// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.L402ConfigException;
import io.l402.MilliSatoshi;
import io.l402.internal.FailureLog;
import io.l402.lightning.GuardedBackend;
import io.l402.lightning.InvoiceRequest;
import io.l402.lightning.LightningException;
import io.l402.lightning.Network;
import io.l402.testkit.FakeLightning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class BackendsTest {
  private static final InvoiceRequest REQUEST =
      new InvoiceRequest(MilliSatoshi.ofSat(1), "test", Duration.ofMinutes(1));

  private final List<LightningException> failures = new ArrayList<>();

  @Test
  void findsTheSimulatedNodeByName() {
    L402Config config = Configs.parameters(Map.of("backend", "simulated", "price", "1"));
    try (GuardedBackend backend = guard(config).orElseThrow()) {
      assertEquals(
          Network.REGTEST, backend.createInvoice(REQUEST).toCompletableFuture().join().network());
    }
  }

  @Test
  void findsABackendWhateverTheThreadThatStartsTheFilterSees() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      findsTheSimulatedNodeByName();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void namesWhatIsThereWhenABackendIsNot() {
    L402Config config =
        Configs.parameters(
            Map.of("backend", "nowhere", "price", "1", "masterkeyfile", "/none/keys"));
    String message = assertThrows(L402ConfigException.class, () -> guard(config)).getMessage();
    assertTrue(message.contains("nowhere"), message);
    assertTrue(message.contains("[simulated]"), message);
  }

  @Test
  void leavesABackendThatWasGivenToItsGiver() {
    try (FakeLightning node = FakeLightning.create()) {
      L402Config config = given(node, "regtest");
      guard(config).orElseThrow().close();
      node.createInvoice(REQUEST).toCompletableFuture().join();
    }
  }

  @Test
  void refusesInvoicesOfAnotherNetwork() {
    try (FakeLightning node = FakeLightning.create();
        GuardedBackend backend = guard(given(node, "mainnet")).get()) {
      CompletionException refused =
          assertThrows(
              CompletionException.class,
              () -> backend.createInvoice(REQUEST).toCompletableFuture().join());
      assertTrue(refused.getCause() instanceof LightningException, refused::toString);
      assertEquals(1, failures.size());
    }
  }

  @Test
  void tellsTheLogOfEachKindOfFailureOnceAMinute() {
    List<String> lines = new ArrayList<>();
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    Consumer<LightningException> log = Backends.toLog(new FailureLog(recorder(lines), now::get));
    failing(log);
    now.addAndGet(Duration.ofSeconds(59).toNanos());
    failing(log);
    assertEquals(
        List.of(
            "WARNING the Lightning node fails (RETRYABLE): expected by a test",
            "WARNING the Lightning node fails (NOT_READY): expected by a test",
            "ERROR the Lightning node fails (AUTH): expected by a test",
            "ERROR the Lightning node fails (CONFIG): expected by a test",
            "WARNING the Lightning node fails (REJECTED): expected by a test"),
        lines);
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    failing(log);
    assertEquals(10, lines.size());
  }

  private static void failing(Consumer<LightningException> log) {
    for (LightningException.Kind kind : LightningException.Kind.values()) {
      log.accept(new LightningException(kind, "expected by a test"));
    }
  }

  private static System.Logger recorder(List<String> lines) {
    System.Logger logger = Mockito.mock(System.Logger.class);
    Mockito.doAnswer(call -> lines.add(call.getArgument(0) + " " + call.getArgument(1)))
        .when(logger)
        .log(Mockito.any(System.Logger.Level.class), Mockito.anyString());
    return logger;
  }

  private Optional<GuardedBackend> guard(L402Config config) {
    return Backends.find(config).map(node -> Backends.guard(config, node, failures::add));
  }

  private static L402Config given(FakeLightning node, String network) {
    return L402Config.builder()
        .simulatedBackend(node)
        .set("network", network)
        .service("a", service -> {})
        .build();
  }

  @Test
  void needsNoneWhereNothingIsPaidFor() {
    L402Config config =
        L402Config.builder().service("a", service -> service.set("auth", "off")).build();
    assertTrue(guard(config).isEmpty());
  }
}
