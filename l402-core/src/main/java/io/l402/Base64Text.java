// SPDX-License-Identifier: Apache-2.0
package io.l402;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Base64 that has exactly one text for given bytes, alphabet and padding: standard or URL-safe but
 * not both, padded or not, no white space, no stray bits in the last digit.
 */
final class Base64Text {
  private static final String DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private Base64Text() {}

  /** Decodes; empty if the text is anything else. */
  static Optional<byte[]> decode(String text) {
    int end = withoutPadding(text);
    if (end < 0 || end % 4 == 1 || hasStrayBits(text, end)) {
      return Optional.empty();
    }
    // Each decoder refuses the digits that only the other has.
    boolean url = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
    Base64.Decoder decoder = url ? Base64.getUrlDecoder() : Base64.getDecoder();
    try {
      // What is not in Latin-1 becomes a question mark, which is no digit either.
      return Optional.of(decoder.decode(text.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Where the digits end; -1 if the padding is not what the length asks for. */
  private static int withoutPadding(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    int padding = text.length() - end;
    boolean right = padding == 0 || (padding <= 2 && text.length() % 4 == 0);
    return right ? end : -1;
  }

  /** The JDK ignores the bits of the last digit that are part of no byte. */
  private static boolean hasStrayBits(String text, int end) {
    int over = end % 4;
    if (over == 0) {
      return false;
    }
    return (digit(text.charAt(end - 1)) & (over == 2 ? 0x0f : 0x03)) != 0;
  }

  private static int digit(char c) {
    return switch (c) {
      case '+', '-' -> 62;
      case '/', '_' -> 63;
      default -> DIGITS.indexOf(c);
    };
  }
}
