// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import com.google.protobuf.ByteString;
import io.l402.PaymentHash;
import io.l402.lightning.Invoice;
import io.l402.lightning.InvoiceRequest;
import io.l402.lightning.InvoiceState;
import io.l402.lightning.LightningException;
import io.l402.lnd.proto.AddInvoiceResponse;
import java.time.Duration;

/** Translates between lnd's messages and ours. */
final class LndInvoices {
  private LndInvoices() {}

  /** lnd draws the preimage itself: so it is never here, not even while the invoice is made. */
  static io.l402.lnd.proto.Invoice request(
      InvoiceRequest request, Duration longest, boolean privateChannels) {
    Duration expiry = request.expiry().compareTo(longest) < 0 ? request.expiry() : longest;
    return io.l402.lnd.proto.Invoice.newBuilder()
        .setMemo(request.memo())
        .setValueMsat(request.amount().msat())
        .setExpiry(expiry.toSeconds())
        .setPrivate(privateChannels)
        .build();
  }

  static Invoice invoice(AddInvoiceResponse response) {
    return new Invoice(hash("AddInvoice", response.getRHash()), response.getPaymentRequest());
  }

  /**
   * Where an invoice stands.
   *
   * @throws LightningException if it is not the one that was asked for, or stands nowhere we know
   */
  static InvoiceState state(PaymentHash asked, io.l402.lnd.proto.Invoice invoice) {
    if (!hash("LookupInvoice", invoice.getRHash()).equals(asked)) {
      throw LndErrors.strange("LookupInvoice", "another invoice");
    }
    return switch (invoice.getState()) {
      case OPEN -> InvoiceState.OPEN;
      case ACCEPTED -> InvoiceState.ACCEPTED;
      case SETTLED -> InvoiceState.SETTLED;
      case CANCELED -> InvoiceState.CANCELED;
      case UNRECOGNIZED -> throw LndErrors.strange("LookupInvoice", "an unknown state");
    };
  }

  static PaymentHash hash(String call, ByteString bytes) {
    if (bytes.size() != PaymentHash.LENGTH) {
      throw LndErrors.strange(call, "a payment hash of " + bytes.size() + " bytes");
    }
    return PaymentHash.of(bytes.toByteArray());
  }
}
