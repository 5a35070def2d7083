// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import io.l402.MilliSatoshi;
import io.l402.PaymentHash;
import io.l402.lightning.Network;
import java.time.Instant;
import java.util.Optional;

/** A decoded BOLT 11 invoice. (Placeholder: the codec follows.) */
public final class Bolt11 {
  private Bolt11() {}

  public static Bolt11 decode(String invoice) {
    throw new MalformedInvoiceException("not yet");
  }

  public Network network() {
    throw new IllegalStateException();
  }

  public Optional<MilliSatoshi> amount() {
    throw new IllegalStateException();
  }

  public PaymentHash paymentHash() {
    throw new IllegalStateException();
  }

  public Instant timestamp() {
    throw new IllegalStateException();
  }

  public Instant expiresAt() {
    throw new IllegalStateException();
  }
}
