// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import io.l402.L402Challenge;
import io.l402.L402Identifier;
import io.l402.MilliSatoshi;
import io.l402.Mint;
import io.l402.bolt11.Bolt11;
import io.l402.lightning.GuardedBackend;
import io.l402.lightning.InvoiceRequest;
import io.l402.macaroon.Macaroon;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** Has an invoice made and mints the macaroon that goes with it. */
final class ChallengeMaker {
  private final GuardedBackend backend;
  private final Mint mint;
  private final Clock clock;
  private final Duration invoiceExpiry;
  private final String publicHost;
  private final L402Listener listener;

  ChallengeMaker(L402GateBuilder builder, GuardedBackend backend, L402Listener listener) {
    this.backend = backend;
    this.mint = new Mint(builder.rootKeys);
    this.clock = builder.clock;
    this.invoiceExpiry = builder.invoiceExpiry;
    this.publicHost = builder.publicHost;
    this.listener = listener;
  }

  CompletionStage<L402Challenge> make(AccessRequest request, MilliSatoshi amount) {
    ServicePolicy policy = request.service();
    InvoiceRequest wanted = new InvoiceRequest(amount, memo(policy), expiry(policy));
    return backend.createInvoice(wanted).thenApply(invoice -> mint(request, invoice));
  }

  /** Binds the token to what the invoice really asks for: a backend may have rounded up. */
  private L402Challenge mint(AccessRequest request, Bolt11 invoice) {
    Instant now = clock.instant();
    MilliSatoshi amount = invoice.amount().orElseThrow();
    Macaroon macaroon =
        mint.mint(
            invoice.paymentHash(),
            TokenTerms.of(request.service(), request.method(), request.path(), amount, now));
    L402Challenge challenge = L402Challenge.of(macaroon, invoice);
    listener.minted(request.service().name(), L402Identifier.of(macaroon.identifier()), amount);
    return challenge;
  }

  /** Never payable for longer than the token would live. */
  private Duration expiry(ServicePolicy policy) {
    return policy.timeout().filter(life -> life.compareTo(invoiceExpiry) < 0).orElse(invoiceExpiry);
  }

  /** From configuration only: a shop that relays our invoice must not get its own name into it. */
  private String memo(ServicePolicy policy) {
    String text = "L402 " + policy.name() + (publicHost.isEmpty() ? "" : " " + publicHost);
    return cut(text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", ""));
  }

  private static String cut(String text) {
    String memo = text;
    while (memo.getBytes(StandardCharsets.UTF_8).length > InvoiceRequest.MAX_MEMO_BYTES) {
      memo = memo.substring(0, memo.offsetByCodePoints(memo.length(), -1));
    }
    return memo;
  }
}
