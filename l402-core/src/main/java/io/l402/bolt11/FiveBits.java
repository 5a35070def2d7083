// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import java.io.ByteArrayOutputStream;

/** Between bytes and the groups of five bits that bech32 is made of, most significant bit first. */
final class FiveBits {
  private static final int MAX_LONG_GROUPS = 12;

  private FiveBits() {}

  /** Bytes as groups; the last group is padded with zero bits. */
  static byte[] fromBytes(byte[] bytes) {
    return convert(bytes, 8, 5);
  }

  /** Groups as bytes, the last byte padded with zero bits: the form that is signed. */
  static byte[] toBytesPadded(byte[] groups) {
    return convert(groups, 5, 8);
  }

  /**
   * Groups as bytes.
   *
   * @throws MalformedInvoiceException if what is left over is a whole group or is not zero
   */
  static byte[] toBytes(byte[] groups) {
    byte[] padded = toBytesPadded(groups);
    int length = groups.length * 5 / 8;
    if (groups.length * 5 - length * 8 >= 5 || (padded.length > length && padded[length] != 0)) {
      throw new MalformedInvoiceException("bolt 11: a field is padded with more than zero bits");
    }
    return java.util.Arrays.copyOf(padded, length);
  }

  private static byte[] convert(byte[] in, int from, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length * from / to + 1);
    int bits = 0;
    int pending = 0;
    for (byte b : in) {
      pending = (pending << from | b & 0xff) & 0xfff;
      bits += from;
      while (bits >= to) {
        bits -= to;
        out.write(pending >>> bits & (1 << to) - 1);
      }
    }
    if (bits > 0) {
      out.write(pending << to - bits & (1 << to) - 1);
    }
    return out.toByteArray();
  }

  /** A number in as few groups as it needs, at least one. */
  static byte[] fromLong(long value) {
    int groups = Math.max(1, (64 - Long.numberOfLeadingZeros(value) + 4) / 5);
    return fromLong(value, groups);
  }

  /** A number in exactly this many groups. */
  static byte[] fromLong(long value, int groups) {
    byte[] out = new byte[groups];
    long rest = value;
    for (int i = groups - 1; i >= 0; i--) {
      out[i] = (byte) (rest & 31);
      rest >>>= 5;
    }
    return out;
  }

  /**
   * A number of at most 60 bits.
   *
   * @throws MalformedInvoiceException if it is longer, or written longer than it need be
   */
  static long toLong(byte[] groups) {
    if (groups.length > MAX_LONG_GROUPS) {
      throw new MalformedInvoiceException("bolt 11: a number of more than 60 bits");
    }
    if (groups.length > 1 && groups[0] == 0) {
      throw new MalformedInvoiceException("bolt 11: a number with leading zeros");
    }
    return toLongPadded(groups, groups.length);
  }

  /** The number in the first groups, leading zeros allowed; at most 12 of them. */
  static long toLongPadded(byte[] groups, int length) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = value << 5 | groups[i];
    }
    return value;
  }
}
