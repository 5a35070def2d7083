// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import io.l402.MilliSatoshi;
import io.l402.bolt11.Bolt11;
import io.l402.bolt11.MalformedInvoiceException;
import io.l402.lightning.LightningException.Kind;
import java.time.Clock;
import java.util.Optional;

/** Whether an invoice is the one that was asked for. A token is only ever minted for such a one. */
final class InvoiceCheck {
  private final Network network;
  private final boolean msat;
  private final Clock clock;

  InvoiceCheck(Network network, boolean msat, Clock clock) {
    this.network = network;
    this.msat = msat;
    this.clock = clock;
  }

  /**
   * Decodes an invoice and compares it with the request.
   *
   * @throws LightningException of kind {@link Kind#REJECTED} if it is another
   */
  Bolt11 check(InvoiceRequest request, Invoice invoice) {
    if (invoice == null) {
      throw rejected("the node returned none");
    }
    Bolt11 decoded = decode(invoice);
    if (decoded.network() != network) {
      throw rejected("for " + decoded.network() + ", expected " + network);
    }
    if (!decoded.paymentHash().equals(invoice.paymentHash())) {
      throw rejected("its payment hash is not the one that the node reports");
    }
    checkAmount(request.amount(), decoded.amount());
    checkTime(request, decoded);
    if (decoded.features().requiresAmp()) {
      throw rejected("an AMP invoice, whose payment reveals no preimage of its payment hash");
    }
    return decoded;
  }

  private static Bolt11 decode(Invoice invoice) {
    try {
      return Bolt11.decode(invoice.paymentRequest());
    } catch (MalformedInvoiceException e) {
      throw new LightningException(Kind.REJECTED, "invoice: " + e.getMessage(), e);
    }
  }

  private void checkAmount(MilliSatoshi asked, Optional<MilliSatoshi> found) {
    boolean exact = found.equals(Optional.of(asked));
    boolean rounded =
        !msat && found.equals(Optional.of(MilliSatoshi.ofSat(asked.toSatRoundedUp())));
    if (!exact && !rounded) {
      String amount = found.map(MilliSatoshi::toString).orElse("any amount");
      throw rejected("for " + amount + ", asked for " + asked);
    }
  }

  private void checkTime(InvoiceRequest request, Bolt11 decoded) {
    if (decoded.expiry().compareTo(request.expiry()) > 0) {
      throw rejected("payable for " + decoded.expiry() + ", asked for " + request.expiry());
    }
    if (!decoded.expiresAt().isAfter(clock.instant())) {
      throw rejected("expired at " + decoded.expiresAt() + "; do both clocks agree?");
    }
  }

  private static LightningException rejected(String why) {
    return new LightningException(Kind.REJECTED, "invoice: " + why);
  }
}
