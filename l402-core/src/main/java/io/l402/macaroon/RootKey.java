// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import java.security.MessageDigest;
import java.security.SecureRandom;

/**
 * The 32 secret bytes that a token's HMAC chain starts from. Whoever has it can mint that token.
 *
 * <p>It never prints, and compares in constant time. Immutable and safe for use by many threads.
 */
public final class RootKey {
  /** The length in bytes. */
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private RootKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A root key of 32 bytes, which are copied.
   *
   * @throws IllegalArgumentException if there are not 32
   */
  public static RootKey of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException(
          "root key: found " + bytes.length + " bytes, expected " + LENGTH);
    }
    return new RootKey(bytes.clone());
  }

  /** A fresh root key. */
  public static RootKey random(SecureRandom random) {
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    return new RootKey(bytes);
  }

  /** A copy of the 32 bytes. Handle as a secret. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** The bytes themselves, for the HMAC chain next door, which does not keep or change them. */
  byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RootKey that && MessageDigest.isEqual(bytes, that.bytes);
  }

  /** The same for all keys: a hash of a secret tells something about it. */
  @Override
  public int hashCode() {
    return RootKey.class.hashCode();
  }

  @Override
  public String toString() {
    return "RootKey(redacted)";
  }
}
