// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Bytes in JSON: as text under a name, or as unpadded base64url under the name with {@code 64}
 * behind it; never both.
 */
final class JsonBytes {
  private final String name;
  private byte[] value;

  JsonBytes(String name) {
    this.name = name;
  }

  /** Takes the value if the member is one of the two names. */
  boolean read(String member, JsonReader in) {
    boolean base64 = member.equals(name + "64");
    if (!base64 && !member.equals(name)) {
      return false;
    }
    String text = in.string();
    if (value != null) {
      throw in.malformed("both " + name + " and " + name + "64");
    }
    value = base64 ? decode(text, in) : text.getBytes(StandardCharsets.UTF_8);
    return true;
  }

  private static byte[] decode(String text, JsonReader in) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      // The JDK ignores padding and the bits that hang over: only the one way to write it passes.
      if (encode(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw in.malformed("expected base64url");
    }
    throw in.malformed("expected unpadded base64url");
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  boolean isPresent() {
    return value != null;
  }

  byte[] required(JsonReader in) {
    if (value == null) {
      throw in.malformed("neither " + name + " nor " + name + "64");
    }
    return value;
  }

  /** Writes {@code "name":"text"}, or the base64url where the bytes are not text. */
  static void write(StringBuilder out, String name, byte[] bytes) {
    Optional<String> text = text(bytes);
    out.append('"').append(name).append(text.isPresent() ? "\":" : "64\":");
    quote(out, text.orElseGet(() -> encode(bytes)));
  }

  /** The bytes as text, if they are UTF-8. */
  static Optional<String> text(byte[] bytes) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(in).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
