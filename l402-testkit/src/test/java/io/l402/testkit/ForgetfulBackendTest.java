// SPDX-License-Identifier: Apache-2.0
package io.l402.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.MilliSatoshi;
import io.l402.bolt11.Bolt11;
import io.l402.lightning.BackendHealth;
import io.l402.lightning.Invoice;
import io.l402.lightning.InvoiceRequest;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForgetfulBackendTest {
  private final SettableClock clock = new SettableClock();
  private final ForgetfulBackend backend = new ForgetfulBackend(clock);
  private final InvoiceRequest request =
      new InvoiceRequest(new MilliSatoshi(1234), "storm", Duration.ofMinutes(1));

  @Test
  void signsInvoicesAsAsked() {
    Invoice invoice = backend.createInvoice(request).toCompletableFuture().join();
    Bolt11 bolt11 = Bolt11.decode(invoice.paymentRequest());
    assertEquals(invoice.paymentHash(), bolt11.paymentHash());
    assertEquals(Optional.of(new MilliSatoshi(1234)), bolt11.amount());
    assertEquals(clock.instant().plusSeconds(60), bolt11.expiresAt());
    assertEquals(1, backend.createCalls());
  }

  @Test
  void noTwoAreAlike() {
    assertNotEquals(
        backend.createInvoice(request).toCompletableFuture().join(),
        backend.createInvoice(request).toCompletableFuture().join());
  }

  @Test
  void failsAfterItIsClosed() {
    backend.close();
    assertTrue(backend.createInvoice(request).toCompletableFuture().isCompletedExceptionally());
    assertEquals(BackendHealth.Status.DOWN, backend.health().toCompletableFuture().join().status());
  }
}
