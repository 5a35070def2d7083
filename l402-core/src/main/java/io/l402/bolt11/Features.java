// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * The feature bits of an invoice (BOLT 9): an even bit must be understood by the payer, the odd bit
 * above it only offers the same.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class Features {
  /** Onions of variable length, required. */
  public static final int VAR_ONION = 8;

  /** A payment secret, required. */
  public static final int PAYMENT_SECRET = 14;

  /** Payment in several parts, offered. */
  public static final int BASIC_MPP_OPTIONAL = 17;

  /** Payment metadata, required. */
  public static final int PAYMENT_METADATA = 48;

  /** No features. */
  static final Features NONE = new Features(new BitSet());

  private static final int AMP = 30;
  private static final BitSet UNDERSTOOD = understood();

  private final BitSet bits;

  private Features(BitSet bits) {
    this.bits = bits;
  }

  /**
   * Features by their bits.
   *
   * @throws IllegalArgumentException if a bit is negative or does not fit an invoice
   */
  public static Features of(int... bits) {
    BitSet set = new BitSet();
    for (int bit : bits) {
      if (bit < 0 || bit >= FieldType.MAX_GROUPS * 5) {
        throw new IllegalArgumentException("features: bit " + bit + " does not fit an invoice");
      }
      set.set(bit);
    }
    return new Features(set);
  }

  /** Reads groups, of which the last holds bit 0 as its lowest. */
  static Features read(byte[] groups) {
    if (groups.length > 0 && groups[0] == 0) {
      throw new MalformedInvoiceException("bolt 11: features with leading zeros");
    }
    BitSet set = new BitSet();
    for (int bit = 0; bit < groups.length * 5; bit++) {
      if ((groups[groups.length - 1 - bit / 5] >> bit % 5 & 1) != 0) {
        set.set(bit);
      }
    }
    return new Features(set);
  }

  byte[] toGroups() {
    byte[] groups = new byte[(bits.length() + 4) / 5];
    bits().forEach(bit -> groups[groups.length - 1 - bit / 5] |= (byte) (1 << bit % 5));
    return groups;
  }

  /** Whether this very bit is set. */
  public boolean has(int bit) {
    return bits.get(bit);
  }

  /** Whether the payment would be split over many payment hashes (AMP), for good. */
  public boolean requiresAmp() {
    return has(AMP);
  }

  /** The bits that are set, from the lowest. */
  public IntStream bits() {
    return bits.stream();
  }

  /**
   * The features of others must be known to this library where they are required.
   *
   * @throws MalformedInvoiceException naming the first one that is not
   */
  void checkUnderstood() {
    BitSet unknown = (BitSet) bits.clone();
    unknown.andNot(UNDERSTOOD);
    for (int bit = unknown.nextSetBit(0); bit >= 0; bit = unknown.nextSetBit(bit + 1)) {
      if (bit % 2 == 0) {
        throw new MalformedInvoiceException("bolt 11: requires unknown feature " + bit);
      }
    }
  }

  /** Besides those above: multi-part, route blinding (and lnd's), shutdown to any script. */
  private static BitSet understood() {
    BitSet bits = new BitSet();
    for (int bit : new int[] {VAR_ONION, PAYMENT_SECRET, 16, 24, AMP, 36, PAYMENT_METADATA, 262}) {
      bits.set(bit);
    }
    return bits;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Features that && bits.equals(that.bits);
  }

  @Override
  public int hashCode() {
    return bits.hashCode();
  }

  /** The bits that are set. */
  @Override
  public String toString() {
    return "Features" + bits;
  }
}
