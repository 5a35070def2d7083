// SPDX-License-Identifier: Apache-2.0
package io.l402.keys;

import io.l402.crypto.HmacKey;
import io.l402.crypto.HmacSha256;
import io.l402.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * HKDF with SHA-256.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5869">RFC 5869</a>
 */
final class Hkdf {
  private Hkdf() {}

  /** The pseudo-random key of a secret. An empty salt is the same as one of 32 zero bytes. */
  static byte[] extract(byte[] salt, byte[] secret) {
    byte[] key = new byte[Sha256.LENGTH];
    new HmacSha256().start(salt).add(secret).finish(key);
    return key;
  }

  /** As extract, with a text as salt. */
  static byte[] extract(String salt, byte[] secret) {
    return extract(salt.getBytes(StandardCharsets.UTF_8), secret);
  }

  /** Keying material of the given length from a pseudo-random key. */
  static byte[] expand(HmacKey key, byte[] info, int length) {
    if (length > 255 * Sha256.LENGTH) {
      throw new IllegalArgumentException("hkdf: found length " + length + ", at most 8160");
    }
    byte[] out = new byte[length];
    byte[] block = new byte[Sha256.LENGTH];
    for (int done = 0, i = 1; done < length; done += block.length, i++) {
      HmacSha256 hmac = key.start();
      if (i > 1) {
        hmac.add(block);
      }
      hmac.add(info).add(i).finish(block);
      System.arraycopy(block, 0, out, done, Math.min(block.length, length - done));
    }
    Arrays.fill(block, (byte) 0);
    return out;
  }
}
