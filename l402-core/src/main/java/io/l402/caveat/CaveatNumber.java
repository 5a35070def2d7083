// SPDX-License-Identifier: Apache-2.0
package io.l402.caveat;

/** The integers of caveats: ASCII {@code 0|[1-9][0-9]{0,17}}, so that one number has one form. */
final class CaveatNumber {
  /** What {@link #parse} returns for anything else; no number is negative. */
  static final long NONE = -1;

  private static final int MAX_DIGITS = 18;

  private CaveatNumber() {}

  static long parse(String text) {
    int length = text.length();
    if (length == 0 || length > MAX_DIGITS || (length > 1 && text.charAt(0) == '0')) {
      return NONE;
    }
    long value = 0;
    for (int i = 0; i < length; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return NONE;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
