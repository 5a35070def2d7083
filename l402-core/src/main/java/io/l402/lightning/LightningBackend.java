// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import io.l402.PaymentHash;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * A Lightning node that makes invoices. No preimage passes through this interface.
 *
 * <p>Implementations are safe for use by many threads. Methods return at once; a stage that fails
 * does so with a {@link LightningException}. The library puts a deadline, a bound on calls in
 * flight, a circuit breaker and a check of every invoice around each backend, so an implementation
 * need not.
 */
public interface LightningBackend extends AutoCloseable {
  /** Makes an invoice. */
  CompletionStage<Invoice> createInvoice(InvoiceRequest request);

  /**
   * Where an invoice stands; empty if the node does not know it. Fails with {@link
   * UnsupportedOperationException} without {@link Capability#LOOKUP}.
   */
  CompletionStage<Optional<InvoiceState>> lookupInvoice(PaymentHash paymentHash);

  /** How the node is. Never fails: a node that is down is an answer. */
  CompletionStage<BackendHealth> health();

  /** What this backend can do; the same for its whole life. */
  Set<Capability> capabilities();

  /**
   * Cancels an invoice that nobody will pay. Without {@link Capability#CANCEL} it fails with {@link
   * UnsupportedOperationException}.
   */
  default CompletionStage<Void> cancelInvoice(PaymentHash paymentHash) {
    return java.util.concurrent.CompletableFuture.failedFuture(
        new UnsupportedOperationException("this backend cannot cancel invoices"));
  }

  /**
   * Tells a listener of payments, at least once each, until the result is closed. A node that is
   * shared may leave out those of invoices whose memo does not begin with {@code L402 }, as the
   * memos of this library do.
   *
   * @param cursor where to resume, from {@link SettlementListener#settled}; empty for the beginning
   * @param listener called on a thread of the backend, one call at a time
   * @throws UnsupportedOperationException without {@link Capability#SETTLEMENTS}
   */
  default AutoCloseable subscribeSettlements(String cursor, SettlementListener listener) {
    throw new UnsupportedOperationException("this backend does not report settlements");
  }

  /** Ends all calls and threads. Calls in flight fail. Closing twice is no error. */
  @Override
  void close();
}
