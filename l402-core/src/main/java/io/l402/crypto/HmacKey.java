// SPDX-License-Identifier: Apache-2.0
package io.l402.crypto;

import java.security.MessageDigest;

/**
 * A key of many messages: its block is hashed once. A secret, which does not print. Immutable and
 * safe for use by many threads.
 */
public final class HmacKey {
  private final byte[] block;

  /** Has taken in the block, and is only ever copied. */
  private final MessageDigest started;

  private HmacKey(byte[] block) {
    this.block = block;
    this.started = start(block);
  }

  /** A key of these bytes, which are not kept. */
  public static HmacKey of(byte[] key) {
    byte[] block = new byte[HmacSha256.BLOCK_LENGTH];
    HmacSha256.writeInnerBlock(key, block);
    return new HmacKey(block);
  }

  /** Begins a message under this key; what comes back can go on with other keys. */
  public HmacSha256 start() {
    return new HmacSha256(copy(), block);
  }

  private MessageDigest copy() {
    try {
      return (MessageDigest) started.clone();
    } catch (CloneNotSupportedException e) {
      return start(block);
    }
  }

  private static MessageDigest start(byte[] block) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(block);
    return digest;
  }

  @Override
  public String toString() {
    return "HmacKey(redacted)";
  }
}
