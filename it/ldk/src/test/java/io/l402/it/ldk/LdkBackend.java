// SPDX-License-Identifier: Apache-2.0
package io.l402.it.ldk;

import io.l402.MilliSatoshi;
import io.l402.PaymentHash;
import io.l402.Preimage;
import io.l402.bolt11.Bolt11;
import io.l402.bolt11.ByteString;
import io.l402.bolt11.Features;
import io.l402.lightning.BackendHealth;
import io.l402.lightning.Capability;
import io.l402.lightning.Invoice;
import io.l402.lightning.InvoiceRequest;
import io.l402.lightning.InvoiceState;
import io.l402.lightning.LightningBackend;
import io.l402.lightning.LightningException;
import io.l402.lightning.LightningException.Kind;
import io.l402.lightning.Network;
import io.l402.lightning.SettlementListener;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.ldk.structs.Event;
import org.ldk.structs.Option_u64Z;
import org.ldk.structs.Result_PaymentSecretNoneZ;
import org.ldk.structs.Result_PaymentSecretNoneZ.Result_PaymentSecretNoneZ_OK;

/**
 * A real node as a backend. LDK knows the payment hash and the secret and takes the HTLC; the
 * invoice itself is made by our own encoder and signed with the node's key.
 */
final class LdkBackend implements LightningBackend {
  private static final Features FEATURES =
      Features.of(Features.VAR_ONION, Features.PAYMENT_SECRET, Features.BASIC_MPP_OPTIONAL);

  private final SecureRandom random = new SecureRandom();
  private final Map<PaymentHash, Entry> entries = new ConcurrentHashMap<>();
  private final SettlementLog settlements = new SettlementLog();
  private final LdkNode node;
  private final Runnable stop;
  private volatile boolean closed;

  private static final class Entry {
    private final Preimage preimage;
    private final MilliSatoshi amount;
    private final Instant expiresAt;
    private InvoiceState state = InvoiceState.OPEN;

    Entry(Preimage preimage, Bolt11 invoice) {
      this.preimage = preimage;
      this.amount = invoice.amount().orElseThrow();
      this.expiresAt = invoice.expiresAt();
    }

    synchronized InvoiceState state() {
      boolean late = state == InvoiceState.OPEN && !Instant.now().isBefore(expiresAt);
      return late ? InvoiceState.CANCELED : state;
    }

    synchronized boolean settle(long msat) {
      if (state() != InvoiceState.OPEN || msat < amount.msat()) {
        return false;
      }
      state = InvoiceState.SETTLED;
      return true;
    }

    synchronized boolean cancel() {
      if (state == InvoiceState.SETTLED) {
        return false;
      }
      state = InvoiceState.CANCELED;
      return true;
    }
  }

  LdkBackend(LdkNode node) {
    this.node = node;
    this.stop = node.listen(this::handle);
  }

  @Override
  public CompletionStage<Invoice> createInvoice(InvoiceRequest request) {
    return answer(() -> create(request));
  }

  private Invoice create(InvoiceRequest request) {
    byte[] bytes = new byte[Preimage.LENGTH];
    random.nextBytes(bytes);
    Preimage preimage = Preimage.of(bytes);
    PaymentHash hash = preimage.paymentHash();
    Bolt11 invoice =
        Bolt11.builder(Network.REGTEST)
            .amount(request.amount())
            .timestamp(Instant.now())
            .paymentHash(hash)
            .description(request.memo())
            .minFinalCltvExpiry(80)
            .expiry(request.expiry())
            .paymentSecret(secret(hash, request))
            .features(FEATURES)
            .sign(node.key());
    entries.put(hash, new Entry(preimage, invoice));
    return new Invoice(hash, invoice.paymentRequest());
  }

  private ByteString secret(PaymentHash hash, InvoiceRequest request) {
    Result_PaymentSecretNoneZ secret =
        node.manager()
            .create_inbound_payment_for_hash(
                hash.toByteArray(),
                Option_u64Z.some(request.amount().msat()),
                Math.toIntExact(request.expiry().toSeconds()));
    if (secret instanceof Result_PaymentSecretNoneZ_OK ok) {
      return ByteString.of(ok.res);
    }
    throw new LightningException(Kind.REJECTED, "ldk: it does not take such a payment");
  }

  /**
   * The state changes before the preimage leaves: whoever has it finds the invoice settled, and may
   * close this backend at once.
   */
  private void handle(Event event) {
    if (event instanceof Event.PaymentReceived received) {
      PaymentHash hash = PaymentHash.of(received.payment_hash);
      Entry entry = entries.get(hash);
      if (entry != null && entry.settle(received.amt)) {
        settlements.add(hash);
        node.manager().claim_funds(entry.preimage.toByteArray());
      } else {
        node.manager().fail_htlc_backwards(received.payment_hash);
      }
    }
  }

  @Override
  public CompletionStage<Optional<InvoiceState>> lookupInvoice(PaymentHash paymentHash) {
    return answer(() -> Optional.ofNullable(entries.get(paymentHash)).map(Entry::state));
  }

  @Override
  public CompletionStage<Void> cancelInvoice(PaymentHash paymentHash) {
    return answer(
        () -> {
          Entry entry = entries.get(paymentHash);
          if (entry == null || !entry.cancel()) {
            throw new LightningException(Kind.REJECTED, "ldk: unknown or already paid");
          }
          return null;
        });
  }

  @Override
  public CompletionStage<BackendHealth> health() {
    boolean ready = !closed && node.manager().list_usable_channels().length > 0;
    BackendHealth.Status status = ready ? BackendHealth.Status.READY : BackendHealth.Status.DOWN;
    return CompletableFuture.completedFuture(new BackendHealth(status, "ldk"));
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.LOOKUP, Capability.SETTLEMENTS, Capability.MSAT, Capability.CANCEL);
  }

  @Override
  public AutoCloseable subscribeSettlements(String cursor, SettlementListener listener) {
    return settlements.subscribe(cursor, listener);
  }

  private <T> CompletionStage<T> answer(Supplier<T> work) {
    try {
      if (closed) {
        throw new LightningException(Kind.RETRYABLE, "ldk: closed");
      }
      return CompletableFuture.completedFuture(work.get());
    } catch (LightningException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void close() {
    closed = true;
    stop.run();
    settlements.close();
  }
}
