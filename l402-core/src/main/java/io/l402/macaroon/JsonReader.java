// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * As much of a JSON reader as a macaroon needs: objects, arrays and strings, and numbers of one
 * digit. Strict as in RFC 8259, and refuses names that occur twice. The caller says what is
 * expected where, so that the depth is the caller's and not the sender's.
 */
final class JsonReader {
  private static final String ESCAPES = "\"\\/bfnrt";
  private static final String ESCAPED = "\"\\/\b\f\n\r\t";

  private final String in;
  private int position;

  JsonReader(byte[] utf8) {
    try {
      this.in = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedMacaroonException("macaroon json: not UTF-8");
    }
  }

  /** An object; {@code member} gets each name and takes the value that follows. */
  void object(Consumer<String> member) {
    Set<String> seen = new HashSet<>();
    take('{');
    if (next('}')) {
      return;
    }
    do {
      String name = string();
      if (!seen.add(name)) {
        throw malformed("a name for the second time");
      }
      take(':');
      member.accept(name);
    } while (next(','));
    take('}');
  }

  /** An array; {@code element} takes one. */
  void array(Runnable element) {
    take('[');
    if (next(']')) {
      return;
    }
    do {
      element.run();
    } while (next(','));
    take(']');
  }

  /** A number of exactly one digit. */
  int digit() {
    skipBlanks();
    char c = character();
    boolean more = position < in.length() && "0123456789.eE".indexOf(in.charAt(position)) >= 0;
    if (c < '0' || c > '9' || more) {
      throw malformed("expected a number of one digit");
    }
    return c - '0';
  }

  /** A string, whose characters are well formed Unicode. */
  String string() {
    take('"');
    StringBuilder text = new StringBuilder();
    for (char c = character(); c != '"'; c = character()) {
      if (c < ' ') {
        throw malformed("a control character in a string");
      }
      text.append(c == '\\' ? escape() : c);
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(CharBuffer.wrap(text))) {
      throw malformed("half of a surrogate pair");
    }
    return text.toString();
  }

  private char escape() {
    char c = character();
    if (c == 'u') {
      return (char) (hex() << 12 | hex() << 8 | hex() << 4 | hex());
    }
    int index = ESCAPES.indexOf(c);
    if (index < 0) {
      throw malformed("an unknown escape");
    }
    return ESCAPED.charAt(index);
  }

  private int hex() {
    char c = character();
    // Character.digit alone also takes digits of other scripts.
    int digit = c < 0x80 ? Character.digit(c, 16) : -1;
    if (digit < 0) {
      throw malformed("expected four hex digits");
    }
    return digit;
  }

  void end() {
    skipBlanks();
    if (position != in.length()) {
      throw malformed("something after the end");
    }
  }

  private void take(char expected) {
    if (!next(expected)) {
      throw malformed("expected '" + expected + "'");
    }
  }

  private boolean next(char wanted) {
    skipBlanks();
    boolean found = position < in.length() && in.charAt(position) == wanted;
    position += found ? 1 : 0;
    return found;
  }

  private void skipBlanks() {
    while (position < in.length() && " \t\r\n".indexOf(in.charAt(position)) >= 0) {
      position++;
    }
  }

  private char character() {
    if (position == in.length()) {
      throw malformed("ends too early");
    }
    return in.charAt(position++);
  }

  MalformedMacaroonException malformed(String found) {
    return new MalformedMacaroonException("macaroon json at offset " + position + ": " + found);
  }
}
