// SPDX-License-Identifier: Apache-2.0
package io.l402.caveat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * A condition on a token and what it must be: the text {@code condition=value}.
 *
 * @param condition what is restricted; holds no {@code =}
 * @param value what it is restricted to; may hold {@code =}, and nothing in it is trimmed
 */
public record Caveat(String condition, String value) {
  /** What malformed bytes are decoded to; it may also have been written on purpose. */
  private static final char REPLACEMENT = '\ufffd';

  /** Checks that the text can be read back as the same caveat. */
  public Caveat {
    Objects.requireNonNull(condition, "condition");
    Objects.requireNonNull(value, "value");
    if (condition.isEmpty() || condition.indexOf('=') >= 0) {
      throw new IllegalArgumentException("caveat: a condition is not empty and holds no '='");
    }
  }

  /**
   * Reads the bytes of a caveat, split at the first {@code =}; empty if there is none, if nothing
   * stands before it, or if the bytes are not UTF-8.
   */
  public static Optional<Caveat> of(byte[] bytes) {
    // In UTF-8 the byte of an equals sign is never part of another character.
    int split = indexOfEquals(bytes);
    if (split < 1) {
      return Optional.empty();
    }
    String condition = new String(bytes, 0, split, StandardCharsets.UTF_8);
    int rest = split + 1;
    String value = new String(bytes, rest, bytes.length - rest, StandardCharsets.UTF_8);
    boolean doubtful = condition.indexOf(REPLACEMENT) >= 0 || value.indexOf(REPLACEMENT) >= 0;
    return doubtful && !isUtf8(bytes)
        ? Optional.empty()
        : Optional.of(new Caveat(condition, value));
  }

  private static int indexOfEquals(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '=') {
        return i;
      }
    }
    return -1;
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** The bytes as they stand in a macaroon. */
  public byte[] toByteArray() {
    return (condition + "=" + value).getBytes(StandardCharsets.UTF_8);
  }

  /** {@code condition=value}, but for a preimage, which is a secret. */
  @Override
  public String toString() {
    return condition + "=" + (condition.equals(BuiltinCaveats.PREIMAGE) ? "(redacted)" : value);
  }
}
