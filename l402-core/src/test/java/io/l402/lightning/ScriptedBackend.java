// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import io.l402.PaymentHash;
import io.l402.bolt11.Bolt11;
import io.l402.bolt11.Bolt11Builder;
import io.l402.bolt11.ByteString;
import io.l402.bolt11.Features;
import io.l402.bolt11.NodeKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A backend that answers when and what a test says. */
final class ScriptedBackend implements LightningBackend {
  static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  static final PaymentHash HASH = PaymentHash.ofHex("ab".repeat(32));
  private static final NodeKey KEY = NodeKey.of(PaymentHash.ofHex("01".repeat(32)).toByteArray());

  final List<CompletableFuture<Invoice>> creates = new ArrayList<>();
  final List<CompletableFuture<Optional<InvoiceState>>> lookups = new ArrayList<>();
  final List<CompletableFuture<BackendHealth>> healths = new ArrayList<>();
  final Set<Capability> capabilities = EnumSet.allOf(Capability.class);
  Supplier<CompletionStage<Invoice>> instead;
  LightningException noSubscription;
  String cursor;
  SettlementListener settlements;
  int unsubscribed;
  int closes;

  /** The invoice a good node makes for a request. */
  static Invoice answer(InvoiceRequest request) {
    return new Invoice(HASH, fields(request).sign(KEY).paymentRequest());
  }

  static Bolt11Builder fields(InvoiceRequest request) {
    return Bolt11.builder(Network.REGTEST)
        .amount(request.amount())
        .timestamp(NOW)
        .paymentHash(HASH)
        .description(request.memo())
        .expiry(request.expiry())
        .paymentSecret(ByteString.of(new byte[32]))
        .features(Features.of(8, 14));
  }

  static Invoice signed(Bolt11Builder builder) {
    return new Invoice(HASH, builder.sign(KEY).paymentRequest());
  }

  @Override
  public CompletionStage<Invoice> createInvoice(InvoiceRequest request) {
    CompletableFuture<Invoice> answer = new CompletableFuture<>();
    creates.add(answer);
    return instead == null ? answer : instead.get();
  }

  @Override
  public CompletionStage<Optional<InvoiceState>> lookupInvoice(PaymentHash paymentHash) {
    CompletableFuture<Optional<InvoiceState>> answer = new CompletableFuture<>();
    lookups.add(answer);
    return answer;
  }

  @Override
  public CompletionStage<BackendHealth> health() {
    CompletableFuture<BackendHealth> answer = new CompletableFuture<>();
    healths.add(answer);
    return answer;
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  @Override
  public AutoCloseable subscribeSettlements(String from, SettlementListener listener) {
    if (noSubscription != null) {
      throw noSubscription;
    }
    cursor = from;
    settlements = listener;
    return () -> unsubscribed++;
  }

  @Override
  public void close() {
    closes++;
  }
}
