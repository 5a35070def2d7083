// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import com.google.protobuf.ByteString;
import io.l402.lightning.Network;
import io.l402.lnd.fake.proto.AddInvoiceResponse;
import io.l402.lnd.fake.proto.Invoice;

/** What may be wrong with the answer to AddInvoice. The invoice in the database is a good one. */
public enum Garbage {
  /** Nothing. */
  NONE,
  /** A payment hash of 31 bytes. */
  SHORT_HASH,
  /** The payment hash of something else. */
  WRONG_HASH,
  /** An invoice over twice the amount. */
  WRONG_AMOUNT,
  /** An invoice for another network. */
  WRONG_NETWORK,
  /** An invoice whose time is up. */
  EXPIRED_INVOICE,
  /** An invoice with a wrong letter. */
  MALFORMED_INVOICE,
  /** No invoice. */
  EMPTY_INVOICE,
  /** More than the 4 MiB that a gRPC client takes unless told. */
  OVERSIZE;

  private static final int TOO_MUCH = (4 << 20) + 1;

  AddInvoiceResponse spoil(AddInvoiceResponse honest, Invoice invoice, InvoiceMaker maker) {
    AddInvoiceResponse.Builder reply = honest.toBuilder();
    switch (this) {
      case SHORT_HASH -> reply.setRHash(honest.getRHash().substring(1));
      case WRONG_HASH -> reply.setRHash(maker.randomBytes());
      case OVERSIZE -> reply.setPaymentAddr(ByteString.copyFrom(new byte[TOO_MUCH]));
      default -> reply.setPaymentRequest(spoil(invoice, maker));
    }
    return reply.build();
  }

  private String spoil(Invoice invoice, InvoiceMaker maker) {
    long msat = invoice.getValueMsat();
    return switch (this) {
      case WRONG_AMOUNT -> maker.sign(invoice, maker.network(), msat * 2);
      case WRONG_NETWORK -> maker.sign(invoice, other(maker.network()), msat);
      case EXPIRED_INVOICE -> maker.sign(old(invoice), maker.network(), msat);
      case MALFORMED_INVOICE -> malformed(invoice.getPaymentRequest());
      case EMPTY_INVOICE -> "";
      default -> invoice.getPaymentRequest();
    };
  }

  private static Network other(Network network) {
    return network == Network.MAINNET ? Network.REGTEST : Network.MAINNET;
  }

  private static Invoice old(Invoice invoice) {
    long created = invoice.getCreationDate() - invoice.getExpiry() - 1;
    return invoice.toBuilder().setCreationDate(created).build();
  }

  private static String malformed(String invoice) {
    char last = invoice.charAt(invoice.length() - 1);
    return invoice.substring(0, invoice.length() - 1) + (last == 'q' ? 'p' : 'q');
  }
}
