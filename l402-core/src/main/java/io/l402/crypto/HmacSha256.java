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
  private static final int BLOCK_LENGTH = 64;
  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5c;

  private final MessageDigest sha256 = Sha256.newDigest();
  private final byte[] block = new byte[BLOCK_LENGTH];

  /** Makes one that must be given a key first. */
  public HmacSha256() {}

  /** Begins a message under this key, which is not kept or changed. */
  public HmacSha256 start(byte[] key) {
    byte[] short64 = key.length > BLOCK_LENGTH ? Sha256.hash(key) : key;
    for (int i = 0; i < short64.length; i++) {
      block[i] = (byte) (short64[i] ^ INNER);
    }
    Arrays.fill(block, short64.length, BLOCK_LENGTH, INNER);
    sha256.update(block);
    return this;
  }

  /** More of the message. */
  public HmacSha256 add(byte[] message) {
    sha256.update(message);
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
      sha256.digest(out, 0, Sha256.LENGTH);
      sha256.update(block);
      sha256.update(out, 0, Sha256.LENGTH);
      sha256.digest(out, 0, Sha256.LENGTH);
    } catch (DigestException e) {
      throw new IllegalArgumentException("hmac: no room for 32 bytes", e);
    }
  }
}
