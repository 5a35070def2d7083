// SPDX-License-Identifier: Apache-2.0
package io.l402;

import java.util.Arrays;

/**
 * The SHA-256 of a payment's preimage: names an invoice, and is public.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class PaymentHash {
  /** The length in bytes. */
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private PaymentHash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A payment hash of 32 bytes, which are copied.
   *
   * @throws IllegalArgumentException if there are not 32
   */
  public static PaymentHash of(byte[] bytes) {
    return new PaymentHash(Hex.copy("payment hash", bytes, LENGTH));
  }

  /**
   * A payment hash in 64 hex digits of either case.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static PaymentHash ofHex(String hex) {
    return new PaymentHash(Hex.decode("payment hash", hex, LENGTH));
  }

  /** The 32 bytes from this position on, which the caller has checked to be there. */
  static PaymentHash at(byte[] bytes, int position) {
    return new PaymentHash(Arrays.copyOfRange(bytes, position, position + LENGTH));
  }

  void copyTo(byte[] target, int position) {
    System.arraycopy(bytes, 0, target, position, LENGTH);
  }

  /** A copy of the 32 bytes. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** 64 lower-case hex digits. */
  public String toHex() {
    return Hex.encode(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PaymentHash that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The hex form: a payment hash is no secret. */
  @Override
  public String toString() {
    return toHex();
  }
}
