// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Bytes that do not change, such as a payment secret. Not for secrets of ours: it prints.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class ByteString {
  private final byte[] bytes;

  private ByteString(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of the bytes. */
  public static ByteString of(byte[] bytes) {
    return new ByteString(bytes.clone());
  }

  /**
   * The bytes of hex digits of either case.
   *
   * @throws IllegalArgumentException if they are not hex digits in pairs
   */
  public static ByteString ofHex(String hex) {
    return new ByteString(HexFormat.of().parseHex(hex));
  }

  /** How many bytes there are. */
  public int length() {
    return bytes.length;
  }

  /** A copy of the bytes. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** Lower-case hex digits. */
  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteString that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The hex form. */
  @Override
  public String toString() {
    return toHex();
  }
}
