// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import io.l402.PaymentHash;

/** Hears of payments. May hear of the same payment more than once. */
@FunctionalInterface
public interface SettlementListener {
  /**
   * An invoice was paid.
   *
   * @param paymentHash the invoice
   * @param cursor where to resume a later subscription so that nothing after this is lost: 1 to 256
   *     printable ASCII characters
   */
  void settled(PaymentHash paymentHash, String cursor);
}
