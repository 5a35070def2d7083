// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import io.l402.PaymentHash;
import java.util.Objects;

/**
 * An invoice as a backend made it; the library checks it before anybody sees it.
 *
 * @param paymentHash the payment hash the node reports
 * @param paymentRequest the BOLT 11 string
 */
public record Invoice(PaymentHash paymentHash, String paymentRequest) {
  /** Checks that both are there. */
  public Invoice {
    Objects.requireNonNull(paymentHash, "paymentHash");
    Objects.requireNonNull(paymentRequest, "paymentRequest");
  }
}
