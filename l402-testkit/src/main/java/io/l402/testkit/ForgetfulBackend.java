// SPDX-License-Identifier: Apache-2.0
package io.l402.testkit;

import io.l402.PaymentHash;
import io.l402.bolt11.Bolt11;
import io.l402.bolt11.NodeKey;
import io.l402.lightning.BackendHealth;
import io.l402.lightning.Capability;
import io.l402.lightning.Invoice;
import io.l402.lightning.InvoiceRequest;
import io.l402.lightning.InvoiceState;
import io.l402.lightning.LightningBackend;
import io.l402.lightning.LightningException;
import io.l402.lightning.LightningException.Kind;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Signs invoices and forgets them, for storms of hundreds of thousands: whatever grows under them
 * is not here. Its invoices are well signed, for regtest, and nobody can pay them: the payment hash
 * is drawn, there is no preimage.
 *
 * <p>Safe for use by many threads.
 */
public final class ForgetfulBackend implements LightningBackend {
  private final AtomicLong calls = new AtomicLong();
  private final FakeSigner signer;
  private volatile boolean closed;

  /** A backend with a fresh key that goes by the given clock. */
  public ForgetfulBackend(Clock clock) {
    this.signer = new FakeSigner(NodeKey.random(new SecureRandom()), clock);
  }

  @Override
  public CompletionStage<Invoice> createInvoice(InvoiceRequest request) {
    calls.incrementAndGet();
    if (closed) {
      return CompletableFuture.failedFuture(
          new LightningException(Kind.RETRYABLE, "forgetful backend: closed"));
    }
    PaymentHash hash = PaymentHash.of(signer.randomBytes());
    Bolt11 invoice = signer.sign(hash, request.amount(), request.memo(), request.expiry());
    return CompletableFuture.completedFuture(new Invoice(hash, invoice.paymentRequest()));
  }

  /** How often an invoice was asked for. */
  public long createCalls() {
    return calls.get();
  }

  @Override
  public CompletionStage<Optional<InvoiceState>> lookupInvoice(PaymentHash paymentHash) {
    return CompletableFuture.failedFuture(
        new UnsupportedOperationException("forgetful backend: it has forgotten"));
  }

  @Override
  public CompletionStage<BackendHealth> health() {
    BackendHealth.Status status = closed ? BackendHealth.Status.DOWN : BackendHealth.Status.READY;
    return CompletableFuture.completedFuture(new BackendHealth(status, "forgetful backend"));
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.MSAT);
  }

  @Override
  public void close() {
    closed = true;
  }
}
