// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The public key of a Lightning node, compressed: 33 bytes that begin with 2 or 3.
 *
 * <p>Whether it is a point of the curve is not checked here; a signature by it proves that.
 * Immutable and safe for use by many threads.
 */
public final class NodeId {
  /** The length in bytes. */
  public static final int LENGTH = 33;

  private final byte[] bytes;

  private NodeId(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException(
          "node id: found " + bytes.length + " bytes, expected " + LENGTH);
    }
    if (bytes[0] != 2 && bytes[0] != 3) {
      throw new IllegalArgumentException("node id: expected the first byte to be 2 or 3");
    }
    this.bytes = bytes;
  }

  /**
   * A node id of 33 bytes, which are copied.
   *
   * @throws IllegalArgumentException if there are not 33, or the first is neither 2 nor 3
   */
  public static NodeId of(byte[] bytes) {
    return new NodeId(bytes.clone());
  }

  /**
   * A node id in 66 hex digits of either case.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static NodeId ofHex(String hex) {
    return new NodeId(HexFormat.of().parseHex(hex));
  }

  /** A copy of the 33 bytes. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** 66 lower-case hex digits. */
  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NodeId that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The hex form: a node id is public. */
  @Override
  public String toString() {
    return toHex();
  }
}
