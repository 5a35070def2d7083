// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import io.l402.MilliSatoshi;
import io.l402.PaymentHash;
import io.l402.Preimage;
import io.l402.bolt11.Bolt11;
import io.l402.bolt11.ByteString;
import io.l402.bolt11.NodeKey;
import io.l402.lightning.BackendHealth;
import io.l402.lightning.Capability;
import io.l402.lightning.Invoice;
import io.l402.lightning.InvoiceRequest;
import io.l402.lightning.InvoiceState;
import io.l402.lightning.LightningBackend;
import io.l402.lightning.LightningException;
import io.l402.lightning.Network;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The least a node must do for the gate: sign invoices, know their state, and fail on demand. */
final class StubNode implements LightningBackend {
  private final NodeKey key = NodeKey.of(filled(7));
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  final Map<PaymentHash, Preimage> preimages = new HashMap<>();
  final Map<PaymentHash, InvoiceState> states = new HashMap<>();
  final List<InvoiceRequest> requests = new ArrayList<>();
  final Set<Capability> capabilities = EnumSet.of(Capability.LOOKUP, Capability.MSAT);
  int lookups;
  boolean down;
  CompletableFuture<Optional<InvoiceState>> pendingLookup;

  StubNode(Clock clock) {
    this.clock = clock;
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    java.util.Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static <T> CompletionStage<T> unreachable() {
    return CompletableFuture.failedFuture(
        new LightningException(LightningException.Kind.RETRYABLE, "down"));
  }

  @Override
  public CompletionStage<Invoice> createInvoice(InvoiceRequest request) {
    requests.add(request);
    if (down) {
      return unreachable();
    }
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    Preimage preimage = Preimage.of(bytes);
    PaymentHash hash = preimage.paymentHash();
    MilliSatoshi amount =
        capabilities.contains(Capability.MSAT)
            ? request.amount()
            : MilliSatoshi.ofSat(request.amount().toSatRoundedUp());
    Bolt11 invoice =
        Bolt11.builder(Network.REGTEST)
            .amount(amount)
            .timestamp(clock.instant())
            .paymentHash(hash)
            .paymentSecret(ByteString.of(filled(1)))
            .description(request.memo())
            .expiry(request.expiry())
            .sign(key);
    preimages.put(hash, preimage);
    states.put(hash, InvoiceState.OPEN);
    return CompletableFuture.completedFuture(new Invoice(hash, invoice.toString()));
  }

  @Override
  public CompletionStage<Optional<InvoiceState>> lookupInvoice(PaymentHash paymentHash) {
    lookups++;
    if (down) {
      return unreachable();
    }
    return pendingLookup != null
        ? pendingLookup
        : CompletableFuture.completedFuture(Optional.ofNullable(states.get(paymentHash)));
  }

  @Override
  public CompletionStage<BackendHealth> health() {
    return CompletableFuture.completedFuture(new BackendHealth(BackendHealth.Status.READY, "stub"));
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  @Override
  public void close() {
    down = true;
  }
}
