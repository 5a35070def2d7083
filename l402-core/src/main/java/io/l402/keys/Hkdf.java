// SPDX-License-Identifier: Apache-2.0
package io.l402.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HKDF with SHA-256.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5869">RFC 5869</a>
 */
final class Hkdf {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int HASH_LENGTH = 32;

  private Hkdf() {}

  /** The pseudo-random key of a secret. An empty salt stands for 32 zero bytes. */
  static byte[] extract(byte[] salt, byte[] secret) {
    return mac(salt.length == 0 ? new byte[HASH_LENGTH] : salt).doFinal(secret);
  }

  /** As extract, with a text as salt. */
  static byte[] extract(String salt, byte[] secret) {
    return extract(salt.getBytes(StandardCharsets.UTF_8), secret);
  }

  /** Keying material of the given length from a pseudo-random key. */
  static byte[] expand(byte[] key, byte[] info, int length) {
    if (length > 255 * HASH_LENGTH) {
      throw new IllegalArgumentException("hkdf: found length " + length + ", at most 8160");
    }
    byte[] out = new byte[length];
    byte[] block = {};
    Mac mac = mac(key);
    for (int done = 0, i = 1; done < length; done += HASH_LENGTH, i++) {
      mac.update(block);
      mac.update(info);
      block = mac.doFinal(new byte[] {(byte) i});
      System.arraycopy(block, 0, out, done, Math.min(HASH_LENGTH, length - done));
    }
    Arrays.fill(block, (byte) 0);
    return out;
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
