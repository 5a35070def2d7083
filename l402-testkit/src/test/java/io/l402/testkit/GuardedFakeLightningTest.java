// SPDX-License-Identifier: Apache-2.0
package io.l402.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.MilliSatoshi;
import io.l402.bolt11.Bolt11;
import io.l402.lightning.Capability;
import io.l402.lightning.GuardedBackend;
import io.l402.lightning.InvoiceRequest;
import io.l402.lightning.InvoiceState;
import io.l402.lightning.LightningException;
import io.l402.lightning.Network;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The guard with its own timer around the fake node. */
class GuardedFakeLightningTest {
  private static final InvoiceRequest REQUEST =
      new InvoiceRequest(new MilliSatoshi(10_500), "guarded", Duration.ofMinutes(10));

  private final FakeLightning node = FakeLightning.create();
  private final GuardedBackend guard =
      GuardedBackend.builder(node)
          .network(Network.REGTEST)
          .deadline(Duration.ofMillis(100))
          .nanoTime(() -> 0)
          .build();

  @AfterEach
  void close() {
    guard.close();
  }

  @Test
  void handsOutPayableInvoicesAndTheirState() throws Exception {
    Bolt11 invoice = create().get();
    assertEquals(node.nodeId(), invoice.payee());
    assertEquals(invoice.paymentHash(), node.pay(invoice.paymentRequest()).paymentHash());
    assertEquals(
        Optional.of(InvoiceState.SETTLED),
        guard.lookupInvoice(invoice.paymentHash()).toCompletableFuture().get());
  }

  @Test
  void takesTheRoundedAmountOfANodeThatKnowsNoMsat() throws Exception {
    FakeLightning coarse = FakeLightning.builder().without(Capability.MSAT).build();
    try (GuardedBackend guarded = GuardedBackend.builder(coarse).network(Network.REGTEST).build()) {
      Bolt11 invoice = guarded.createInvoice(REQUEST).toCompletableFuture().get();
      assertEquals(Optional.of(MilliSatoshi.ofSat(11)), invoice.amount());
    }
  }

  @Test
  void aStalledNodeKeepsNobodyWaiting() {
    node.stall();
    LightningException e = failure(create());
    assertEquals(LightningException.Kind.RETRYABLE, e.kind());
  }

  @Test
  void aNodeThatIsDownIsLeftAlone() {
    node.goDown();
    for (int i = 0; i < 100; i++) {
      failure(create());
    }
    assertEquals(5, node.createCalls());
    assertTrue(failure(create()).retryAfter().isPresent());
  }

  private CompletableFuture<Bolt11> create() {
    return guard.createInvoice(REQUEST).toCompletableFuture();
  }

  private static LightningException failure(CompletableFuture<?> result) {
    ExecutionException e =
        assertThrows(ExecutionException.class, () -> result.get(10, TimeUnit.SECONDS));
    return (LightningException) e.getCause();
  }
}
