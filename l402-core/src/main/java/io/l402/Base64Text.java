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
  private Base64Text() {}

  /** Decodes; empty if the text is anything else. */
  static Optional<byte[]> decode(String text) {
    int end = withoutPadding(text);
    if (end < 0 || end % 4 == 1 || !hasOneAlphabet(text, end) || hasStrayBits(text, end)) {
      return Optional.empty();
    }
    boolean url = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
    Base64.Decoder decoder = url ? Base64.getUrlDecoder() : Base64.getDecoder();
    return Optional.of(decoder.decode(text.substring(0, end).getBytes(StandardCharsets.US_ASCII)));
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

  private static boolean hasOneAlphabet(String text, int end) {
    boolean standard = false;
    boolean url = false;
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c == '+' || c == '/') {
        standard = true;
      } else if (c == '-' || c == '_') {
        url = true;
      } else if (digit(c) < 0) {
        return false;
      }
    }
    return !(standard && url);
  }

  private static boolean hasStrayBits(String text, int end) {
    int over = end % 4;
    if (over == 0) {
      return false;
    }
    return (digit(text.charAt(end - 1)) & (over == 2 ? 0x0f : 0x03)) != 0;
  }

  private static int digit(char c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    }
    return switch (c) {
      case '+', '-' -> 62;
      case '/', '_' -> 63;
      default -> -1;
    };
  }
}
