// SPDX-License-Identifier: Apache-2.0
package io.l402;

import java.util.Objects;

/**
 * An amount of bitcoin in thousandths of a satoshi, the unit of the Lightning Network.
 *
 * @param msat the amount, from 0 to {@link #MAX_MSAT}
 */
public record MilliSatoshi(long msat) implements Comparable<MilliSatoshi> {
  /** 10,000,000,000,000 satoshi in msat: the largest price that can be configured. */
  public static final long MAX_MSAT = 10_000_000_000_000_000L;

  /** Nothing. */
  public static final MilliSatoshi ZERO = new MilliSatoshi(0);

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the amount is negative or above {@link #MAX_MSAT}
   */
  public MilliSatoshi {
    if (msat < 0 || msat > MAX_MSAT) {
      throw new IllegalArgumentException("amount: " + msat + " msat is not in 0.." + MAX_MSAT);
    }
  }

  /**
   * An amount of whole satoshi.
   *
   * @throws IllegalArgumentException if the amount is out of range
   */
  public static MilliSatoshi ofSat(long sat) {
    if (sat < 0 || sat > MAX_MSAT / 1000) {
      throw new IllegalArgumentException("amount: " + sat + " sat is not in 0.." + MAX_MSAT / 1000);
    }
    return new MilliSatoshi(sat * 1000);
  }

  /**
   * Reads {@code 10} and {@code 10sat} as satoshi, {@code 2500msat} as millisatoshi.
   *
   * @throws IllegalArgumentException if the text is no such amount
   */
  public static MilliSatoshi parse(String text) {
    Objects.requireNonNull(text, "text");
    String trimmed = text.trim();
    if (trimmed.endsWith("msat")) {
      return new MilliSatoshi(number(trimmed.substring(0, trimmed.length() - 4)));
    }
    if (trimmed.endsWith("sat")) {
      return ofSat(number(trimmed.substring(0, trimmed.length() - 3)));
    }
    return ofSat(number(trimmed));
  }

  private static long number(String digits) {
    if (!digits.matches("0|[1-9][0-9]{0,17}")) {
      throw new IllegalArgumentException(
          "amount: expected a whole number with sat, msat or no unit, such as 10sat or 2500msat");
    }
    return Long.parseLong(digits);
  }

  /** Whether this is nothing. */
  public boolean isZero() {
    return msat == 0;
  }

  /** The amount in satoshi, rounded up, for backends that know no smaller unit. */
  public long toSatRoundedUp() {
    return (msat + 999) / 1000;
  }

  @Override
  public int compareTo(MilliSatoshi other) {
    return Long.compare(msat, other.msat);
  }

  /** {@code 10sat} where the amount is whole, else {@code 2500msat}. */
  @Override
  public String toString() {
    return msat % 1000 == 0 ? msat / 1000 + "sat" : msat + "msat";
  }
}
