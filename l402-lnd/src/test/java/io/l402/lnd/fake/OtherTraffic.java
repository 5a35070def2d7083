// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import com.google.protobuf.ByteString;
import io.l402.PaymentHash;
import io.l402.Preimage;
import io.l402.lnd.fake.proto.Invoice;

/** What else goes on at a node: it has other users, and gets money nobody asked for. */
final class OtherTraffic {
  private final Node node;

  OtherTraffic(Node node) {
    this.node = node;
  }

  PaymentHash invoice(String memo, long msat) {
    Invoice request = Invoice.newBuilder().setMemo(memo).setValueMsat(msat).build();
    Invoice invoice = node.ledger.add(node.maker.make(request, node.ledger.now()));
    return PaymentHash.of(invoice.getRHash().toByteArray());
  }

  void keysend(long msat) {
    ByteString preimage = node.maker.randomBytes();
    Invoice.Builder keysend = push(msat).setIsKeysend(true).setRPreimage(preimage);
    keysend.setRHash(Hashes.bytes(Preimage.of(preimage.toByteArray()).paymentHash()));
    node.ledger.addSettled(keysend.build(), msat);
  }

  void amp(long msat) {
    node.ledger.addSettled(push(msat).setIsAmp(true).build(), msat);
  }

  private Invoice.Builder push(long msat) {
    return Invoice.newBuilder()
        .setCreationDate(node.ledger.now().getEpochSecond())
        .setExpiry(InvoiceMaker.DEFAULT_EXPIRY)
        .setValue(msat / 1000)
        .setValueMsat(msat);
  }
}
