// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import io.l402.MilliSatoshi;
import java.util.Optional;

/** The amount in an invoice's human-readable part: bitcoin with a multiplier m, u, n or p. */
final class AmountCodec {
  private static final long MSAT_PER_BTC = 100_000_000_000L;
  private static final String MULTIPLIERS = "mun";
  private static final long[] FACTORS = {100_000_000L, 100_000L, 100L};
  private static final int MAX_DIGITS = 18;

  private AmountCodec() {}

  /** The shortest way to write an amount, which is not zero. */
  static String encode(MilliSatoshi amount) {
    long msat = amount.msat();
    if (msat % MSAT_PER_BTC == 0) {
      return Long.toString(msat / MSAT_PER_BTC);
    }
    for (int i = 0; i < FACTORS.length; i++) {
      if (msat % FACTORS[i] == 0) {
        return Long.toString(msat / FACTORS[i]) + MULTIPLIERS.charAt(i);
      }
    }
    return msat + "0p";
  }

  /**
   * Reads an amount; no text is no amount.
   *
   * @throws MalformedInvoiceException if it is no amount, no whole millisatoshi, or too much
   */
  static Optional<MilliSatoshi> decode(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(amount(text));
  }

  private static MilliSatoshi amount(String text) {
    char last = text.charAt(text.length() - 1);
    if (last >= '0' && last <= '9') {
      return scaled(number(text), MSAT_PER_BTC);
    }
    long number = number(text.substring(0, text.length() - 1));
    if (last == 'p') {
      return picos(number);
    }
    int multiplier = MULTIPLIERS.indexOf(last);
    if (multiplier < 0) {
      throw new MalformedInvoiceException("bolt 11: no such multiplier of the amount");
    }
    return scaled(number, FACTORS[multiplier]);
  }

  private static MilliSatoshi picos(long number) {
    if (number % 10 != 0) {
      throw new MalformedInvoiceException("bolt 11: the amount is no whole millisatoshi");
    }
    return scaled(number / 10, 1);
  }

  private static MilliSatoshi scaled(long number, long factor) {
    if (number > MilliSatoshi.MAX_MSAT / factor) {
      throw new MalformedInvoiceException(
          "bolt 11: the amount exceeds " + MilliSatoshi.MAX_MSAT + " msat");
    }
    return new MilliSatoshi(number * factor);
  }

  private static long number(String digits) {
    boolean plain = !digits.isEmpty() && digits.length() <= MAX_DIGITS && digits.charAt(0) != '0';
    for (int i = 0; plain && i < digits.length(); i++) {
      plain = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    if (!plain) {
      throw new MalformedInvoiceException(
          "bolt 11: expected an amount of 1 to 18 digits without leading zeros");
    }
    return Long.parseLong(digits);
  }
}
