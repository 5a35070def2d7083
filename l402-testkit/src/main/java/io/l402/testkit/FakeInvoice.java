// SPDX-License-Identifier: Apache-2.0
package io.l402.testkit;

import io.l402.MilliSatoshi;
import io.l402.Preimage;
import io.l402.lightning.InvoiceState;
import java.time.Instant;

/** An invoice as the fake node remembers it. Guarded by {@link FakeInvoices}. */
final class FakeInvoice {
  final Preimage preimage;
  final MilliSatoshi amount;
  final Instant expiresAt;
  InvoiceState state = InvoiceState.OPEN;

  FakeInvoice(Preimage preimage, MilliSatoshi amount, Instant expiresAt) {
    this.preimage = preimage;
    this.amount = amount;
    this.expiresAt = expiresAt;
  }

  boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /** What a node says of it: one that was not paid in time is canceled. */
  InvoiceState state(Instant now) {
    return state == InvoiceState.OPEN && isExpired(now) ? InvoiceState.CANCELED : state;
  }
}
