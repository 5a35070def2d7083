// SPDX-License-Identifier: Apache-2.0
package io.l402;

import java.util.HexFormat;

/** Hex in ASCII digits only: the JDK's own digit test also takes full-width digits. */
final class Hex {
  /** The value of each ASCII character as a digit, -1 where it is none; never changed. */
  private static final byte[] DIGITS = digits();

  private Hex() {}

  private static byte[] digits() {
    byte[] digits = new byte[0x80];
    for (char c = 0; c < digits.length; c++) {
      digits[c] = (byte) Character.digit(c, 16);
    }
    return digits;
  }

  /**
   * Reads exactly {@code length} bytes of hex, in either case.
   *
   * @throws IllegalArgumentException naming {@code what}, without the text, which may be a secret
   */
  static byte[] decode(String what, CharSequence text, int length) {
    if (text.length() != 2 * length) {
      throw new IllegalArgumentException(
          what + ": found " + text.length() + " characters, expected " + 2 * length + " of hex");
    }
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      int high = digit(text.charAt(2 * i));
      int low = digit(text.charAt(2 * i + 1));
      if ((high | low) < 0) {
        throw new IllegalArgumentException(what + ": expected hex digits only");
      }
      bytes[i] = (byte) (high << 4 | low);
    }
    return bytes;
  }

  private static int digit(char c) {
    return c < DIGITS.length ? DIGITS[c] : -1;
  }

  static String encode(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** A defensive copy, checked for length. */
  static byte[] copy(String what, byte[] bytes, int length) {
    if (bytes.length != length) {
      throw new IllegalArgumentException(
          what + ": found " + bytes.length + " bytes, expected " + length);
    }
    return bytes.clone();
  }
}
