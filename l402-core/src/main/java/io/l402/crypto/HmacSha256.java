// SPDX-License-Identifier: Apache-2.0
package io.l402.crypto;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * HMAC-SHA256 with keys that change at every message, as in a macaroon's chain, where {@link
 * javax.crypto.Mac} copies each key several times over. Not safe for use by several threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2104">RFC 2104</a>
 */
public final class HmacSha256 {
  static final int BLOCK_LENGTH = 64;

  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5c;

  private final MessageDigest sha256;

  /** The key's block, and behind it room for the inner hash, so that both go in at once. */
  private final byte[] block = new byte[BLOCK_LENGTH + Sha256.LENGTH];

  /** Makes one that must be given a key first. */
  public HmacSha256() {
    sha256 = Sha256.newDigest();
  }

  /** Makes one that has taken in the inner block of a key. */
  HmacSha256(MessageDigest started, byte[] innerBlock) {
    sha256 = started;
    System.arraycopy(innerBlock, 0, block, 0, BLOCK_LENGTH);
  }

  /** Begins a message under this key, which is not kept or changed. */
  public HmacSha256 start(byte[] key) {
    writeInnerBlock(key, block);
    sha256.update(block, 0, BLOCK_LENGTH);
    return this;
  }

  static void writeInnerBlock(byte[] key, byte[] block) {
    byte[] atMostABlock = key.length > BLOCK_LENGTH ? Sha256.hash(key) : key;
    for (int i = 0; i < atMostABlock.length; i++) {
      block[i] = (byte) (atMostABlock[i] ^ INNER);
    }
    Arrays.fill(block, atMostABlock.length, BLOCK_LENGTH, INNER);
  }

  /** More of the message. */
  public HmacSha256 add(byte[] message) {
    sha256.update(message, 0, message.length);
    return this;
  }

  /** One more byte of the message. */
  public HmacSha256 add(int message) {
    sha256.update((byte) message);
    return this;
  }

  /** Ends the message and writes its 32 bytes of HMAC to the beginning of {@code out}. */
  public void finish(byte[] out) {
    for (int i = 0; i < BLOCK_LENGTH; i++) {
      block[i] ^= INNER ^ OUTER;
    }
    try {
      sha256.digest(block, BLOCK_LENGTH, Sha256.LENGTH);
      sha256.update(block, 0, block.length);
      sha256.digest(out, 0, Sha256.LENGTH);
    } catch (DigestException e) {
      throw new IllegalArgumentException("hmac: no room for 32 bytes", e);
    }
  }
}
