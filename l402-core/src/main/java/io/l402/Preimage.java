// SPDX-License-Identifier: Apache-2.0
package io.l402;

import io.l402.crypto.Sha256;
import java.security.MessageDigest;

/**
 * What a payer learns by paying: 32 bytes whose SHA-256 is the payment hash. A secret.
 *
 * <p>It never prints, and compares in constant time. Immutable and safe for use by many threads.
 */
public final class Preimage {
  /** The length in bytes. */
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private Preimage(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A preimage of 32 bytes, which are copied.
   *
   * @throws IllegalArgumentException if there are not 32
   */
  public static Preimage of(byte[] bytes) {
    return new Preimage(Hex.copy("preimage", bytes, LENGTH));
  }

  /**
   * A preimage in 64 hex digits of either case.
   *
   * @throws IllegalArgumentException if it is anything else; the message does not repeat it
   */
  public static Preimage ofHex(CharSequence hex) {
    return new Preimage(Hex.decode("preimage", hex, LENGTH));
  }

  /** The SHA-256 of the 32 bytes. */
  public PaymentHash paymentHash() {
    return PaymentHash.of(Sha256.hash(bytes));
  }

  /** Whether all bytes are zero: some wallets' mark for "not known", never a proof. */
  public boolean isAllZero() {
    int or = 0;
    for (byte b : bytes) {
      or |= b;
    }
    return or == 0;
  }

  /** A copy of the 32 bytes. Handle as a secret. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** 64 lower-case hex digits. Handle as a secret. */
  public String toHex() {
    return Hex.encode(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Preimage that && MessageDigest.isEqual(bytes, that.bytes);
  }

  /** Built from the payment hash, so that it tells nothing about the secret. */
  @Override
  public int hashCode() {
    return paymentHash().hashCode();
  }

  @Override
  public String toString() {
    return "Preimage(redacted)";
  }
}
