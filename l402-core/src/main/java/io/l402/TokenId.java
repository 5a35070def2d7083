// SPDX-License-Identifier: Apache-2.0
package io.l402;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The random 32 bytes that name a token. Not a secret: it is what logs, limits and revocation use.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class TokenId {
  /** The length in bytes. */
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private TokenId(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A fresh token id. */
  public static TokenId random(SecureRandom random) {
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    return new TokenId(bytes);
  }

  /**
   * A token id of 32 bytes, which are copied.
   *
   * @throws IllegalArgumentException if there are not 32
   */
  public static TokenId of(byte[] bytes) {
    return new TokenId(Hex.copy("token id", bytes, LENGTH));
  }

  /**
   * A token id in 64 hex digits of either case.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static TokenId ofHex(String hex) {
    return new TokenId(Hex.decode("token id", hex, LENGTH));
  }

  /** The 32 bytes from this position on, which the caller has checked to be there. */
  static TokenId at(byte[] bytes, int position) {
    return new TokenId(Arrays.copyOfRange(bytes, position, position + LENGTH));
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
    return other instanceof TokenId that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The hex form: a token id is no secret. */
  @Override
  public String toString() {
    return toHex();
  }
}
