// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Bech32 as BIP 173 has it (checksum constant 1, not bech32m), without its limit of 90 characters.
 */
final class Bech32 {
  private static final String CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final int[] GENERATOR = {
    0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
  };
  private static final byte[] VALUES = values();
  private static final int CHECKSUM = 6;

  private Bech32() {}

  /** A decoded string: the lower-case human-readable part, and the groups without the checksum. */
  static final class Decoded {
    final String prefix;
    final byte[] groups;

    private Decoded(String prefix, byte[] groups) {
      this.prefix = prefix;
      this.groups = groups;
    }
  }

  /**
   * Reads a string that is all in lower or all in upper case.
   *
   * @throws MalformedInvoiceException if it is not bech32
   */
  static Decoded decode(String text) {
    checkCase(text);
    int separator = text.lastIndexOf('1');
    if (separator < 1) {
      throw new MalformedInvoiceException("bech32: no separator");
    }
    if (text.length() - separator - 1 < CHECKSUM) {
      throw new MalformedInvoiceException("bech32: too short for a checksum");
    }
    String prefix = text.substring(0, separator).toLowerCase(Locale.ROOT);
    byte[] groups = groups(text, separator + 1);
    if (polymod(polymod(1, prefix), groups) != 1) {
      throw new MalformedInvoiceException("bech32: the checksum does not match");
    }
    return new Decoded(prefix, Arrays.copyOf(groups, groups.length - CHECKSUM));
  }

  /** The lower-case string. */
  static String encode(String prefix, byte[] groups) {
    int state = polymod(polymod(1, prefix), groups);
    int checksum = polymod(state, new byte[CHECKSUM]) ^ 1;
    StringBuilder text = new StringBuilder(prefix.length() + groups.length + CHECKSUM + 1);
    text.append(prefix).append('1');
    for (byte group : groups) {
      text.append(CHARSET.charAt(group));
    }
    for (int i = CHECKSUM - 1; i >= 0; i--) {
      text.append(CHARSET.charAt(checksum >>> 5 * i & 31));
    }
    return text.toString();
  }

  private static void checkCase(String text) {
    boolean lower = false;
    boolean upper = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 33 || c > 126) {
        throw new MalformedInvoiceException("bech32: not printable ASCII at position " + i);
      }
      lower |= c >= 'a' && c <= 'z';
      upper |= c >= 'A' && c <= 'Z';
    }
    if (lower && upper) {
      throw new MalformedInvoiceException("bech32: both lower and upper case");
    }
  }

  private static byte[] groups(String text, int from) {
    byte[] groups = new byte[text.length() - from];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = VALUES[text.charAt(from + i)];
      if (groups[i] < 0) {
        throw new MalformedInvoiceException("bech32: no such character at " + (from + i));
      }
    }
    return groups;
  }

  /** The human-readable part goes in as its high bits, a zero, and its low bits. */
  private static int polymod(int start, String prefix) {
    byte[] chars = prefix.getBytes(StandardCharsets.US_ASCII);
    byte[] expanded = new byte[2 * chars.length + 1];
    for (int i = 0; i < chars.length; i++) {
      expanded[i] = (byte) (chars[i] >> 5);
      expanded[chars.length + 1 + i] = (byte) (chars[i] & 31);
    }
    return polymod(start, expanded);
  }

  private static int polymod(int start, byte[] groups) {
    int state = start;
    for (byte group : groups) {
      int top = state >>> 25;
      state = (state & 0x1ffffff) << 5 ^ group;
      for (int bit = 0; bit < GENERATOR.length; bit++) {
        state ^= -(top >>> bit & 1) & GENERATOR[bit];
      }
    }
    return state;
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (byte i = 0; i < CHARSET.length(); i++) {
      values[CHARSET.charAt(i)] = i;
      values[Character.toUpperCase(CHARSET.charAt(i))] = i;
    }
    return values;
  }
}
