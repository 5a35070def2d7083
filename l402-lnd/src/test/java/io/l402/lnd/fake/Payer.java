// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import com.google.protobuf.ByteString;
import io.l402.MilliSatoshi;
import io.l402.PaymentHash;
import io.l402.Preimage;
import io.l402.bolt11.Bolt11;
import io.l402.bolt11.MalformedInvoiceException;
import io.l402.lightning.LightningException;
import io.l402.lightning.LightningException.Kind;
import io.l402.lnd.fake.proto.Invoice;

/** Pays invoices as a wallet would: it reads the string and trusts only what it finds there. */
final class Payer {
  private final Node node;

  Payer(Node node) {
    this.node = node;
  }

  Preimage pay(String paymentRequest) {
    Bolt11 invoice = read(paymentRequest);
    if (!invoice.payee().equals(node.maker.key().nodeId())
        || invoice.network() != node.maker.network()) {
      throw rejected("the invoice is another node's");
    }
    if (!node.ledger.now().isBefore(invoice.expiresAt())) {
      throw rejected("the invoice is expired");
    }
    MilliSatoshi amount = invoice.amount().orElseThrow(() -> rejected("the invoice has no amount"));
    return receive(invoice, amount.msat());
  }

  private static Bolt11 read(String paymentRequest) {
    try {
      return Bolt11.decode(paymentRequest.strip());
    } catch (MalformedInvoiceException e) {
      throw new LightningException(Kind.REJECTED, "fake lnd: " + e.getMessage(), e);
    }
  }

  /** The payee's side: the secret and the amount must be those of the invoice it made. */
  private Preimage receive(Bolt11 invoice, long msat) {
    ByteString hash = Hashes.bytes(invoice.paymentHash());
    Invoice known = node.ledger.find(hash).orElseThrow(() -> rejected("no such invoice"));
    ByteString secret = ByteString.copyFrom(invoice.paymentSecret().toByteArray());
    if (!secret.equals(known.getPaymentAddr()) || msat < known.getValueMsat()) {
      throw rejected("incorrect payment details");
    }
    return settle(invoice.paymentHash(), msat);
  }

  Preimage settle(PaymentHash hash, long msat) {
    ByteString bytes = Hashes.bytes(hash);
    try {
      ByteString preimage = node.ledger.get(bytes).getRPreimage();
      if (preimage.isEmpty()) {
        throw rejected("a hold invoice: settle it with SettleInvoice");
      }
      node.ledger.settle(bytes, preimage, msat);
      return Preimage.of(preimage.toByteArray());
    } catch (LndError e) {
      throw new LightningException(Kind.REJECTED, "fake lnd: " + e.getMessage(), e);
    }
  }

  private static LightningException rejected(String why) {
    return new LightningException(Kind.REJECTED, "fake lnd: " + why);
  }
}
