// SPDX-License-Identifier: Apache-2.0
package io.l402.it.ldk;

import io.l402.PaymentHash;
import io.l402.Preimage;
import io.l402.bolt11.Bolt11;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.ldk.structs.Event;
import org.ldk.structs.Invoice;
import org.ldk.structs.Result_InvoiceParseOrSemanticErrorZ;
import org.ldk.structs.Result_InvoiceParseOrSemanticErrorZ.Result_InvoiceParseOrSemanticErrorZ_OK;

/** A wallet on a node: LDK reads the invoice, sends an HTLC and learns the preimage. */
final class LdkPayer implements AutoCloseable {
  private final LdkNode node;
  private final Map<PaymentHash, CompletableFuture<Preimage>> payments = new ConcurrentHashMap<>();
  private final Runnable stop;

  LdkPayer(LdkNode node) {
    this.node = node;
    this.stop = node.listen(this::handle);
  }

  /** Pays; the preimage is the one that came back over the channel. */
  Preimage pay(String paymentRequest) throws Exception {
    CompletableFuture<Preimage> payment = new CompletableFuture<>();
    payments.put(Bolt11.decode(paymentRequest).paymentHash(), payment);
    if (!node.payer().pay_invoice(read(paymentRequest)).is_ok()) {
      throw new IllegalStateException("LDK would not pay");
    }
    node.flush();
    return payment.get(30, TimeUnit.SECONDS);
  }

  static Invoice read(String paymentRequest) {
    Result_InvoiceParseOrSemanticErrorZ read = Invoice.from_str(paymentRequest);
    if (read instanceof Result_InvoiceParseOrSemanticErrorZ_OK ok) {
      return ok.res;
    }
    throw new IllegalArgumentException("LDK does not read " + paymentRequest);
  }

  private void handle(Event event) {
    if (event instanceof Event.PaymentSent sent) {
      payment(sent.payment_hash).complete(Preimage.of(sent.payment_preimage));
    } else if (event instanceof Event.PaymentPathFailed failed && failed.rejected_by_dest) {
      fail(failed.payment_hash, "the payee refused the payment");
    } else if (event instanceof Event.PaymentFailed failed) {
      fail(failed.payment_hash, "the payment failed");
    }
  }

  private void fail(byte[] hash, String why) {
    payment(hash).completeExceptionally(new IllegalStateException(why));
  }

  private CompletableFuture<Preimage> payment(byte[] hash) {
    return payments.getOrDefault(PaymentHash.of(hash), new CompletableFuture<>());
  }

  @Override
  public void close() {
    stop.run();
  }
}
