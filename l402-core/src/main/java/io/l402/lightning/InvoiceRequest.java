// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import io.l402.MilliSatoshi;
import java.time.Duration;
import java.util.Objects;

/**
 * What to make an invoice for.
 *
 * @param amount more than nothing
 * @param memo what the payer's wallet shows; at most 639 bytes of UTF-8
 * @param expiry how long it can be paid, at least one second
 */
public record InvoiceRequest(MilliSatoshi amount, String memo, Duration expiry) {
  /** The longest memo a BOLT 11 invoice can carry, in bytes of UTF-8. */
  public static final int MAX_MEMO_BYTES = 639;

  /**
   * Checks the request.
   *
   * @throws IllegalArgumentException if the amount is zero, the memo too long or the expiry short
   */
  public InvoiceRequest {
    Objects.requireNonNull(amount, "amount");
    Objects.requireNonNull(memo, "memo");
    Objects.requireNonNull(expiry, "expiry");
    if (amount.isZero()) {
      throw new IllegalArgumentException("invoice: an amount of 0 lets the payer choose");
    }
    if (memo.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MAX_MEMO_BYTES) {
      throw new IllegalArgumentException("invoice: the memo exceeds " + MAX_MEMO_BYTES + " bytes");
    }
    if (expiry.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("invoice: an expiry under one second");
    }
  }
}
