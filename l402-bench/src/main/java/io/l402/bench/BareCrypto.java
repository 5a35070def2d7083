// SPDX-License-Identifier: Apache-2.0
package io.l402.bench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What no verifier can do without: the base64 of the macaroon, the hash of the preimage, the root
 * key's HKDF step, and the HMACs of the chain; on bytes that lie ready, with one {@link Mac} and
 * one {@link MessageDigest} that are used again and again. Parses nothing and decides nothing.
 */
final class BareCrypto {
  private static final String HMAC = "HmacSHA256";
  private static final SecretKeySpec KEY_GENERATOR =
      new SecretKeySpec("macaroons-key-generator".getBytes(StandardCharsets.US_ASCII), HMAC);

  private final Mac mac;
  private final MessageDigest sha256;
  private final SecretKeySpec pseudoRandomKey;

  /** With the HKDF key that was extracted from the master key in advance. */
  BareCrypto(byte[] pseudoRandomKey) {
    this.pseudoRandomKey = new SecretKeySpec(pseudoRandomKey, HMAC);
    try {
      mac = Mac.getInstance(HMAC);
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has both", e);
    }
  }

  /** The length that base64 gave, so that it is not optimised away; -1 if anything is wrong. */
  int run(Sample sample) {
    byte[] macaroon = Base64.getDecoder().decode(sample.base64());
    if (!MessageDigest.isEqual(sha256.digest(sample.preimage()), sample.paymentHash())) {
      return -1;
    }
    byte[] rootKey = rootKey(sample.info());
    byte[] signature = hmac(new SecretKeySpec(chainKey(rootKey), HMAC), sample.identifier());
    for (byte[] caveat : sample.caveats()) {
      signature = hmac(new SecretKeySpec(signature, HMAC), caveat);
    }
    return MessageDigest.isEqual(signature, sample.signature()) ? macaroon.length : -1;
  }

  private byte[] rootKey(byte[] info) {
    init(pseudoRandomKey);
    mac.update(info);
    mac.update((byte) 1);
    return mac.doFinal();
  }

  private byte[] chainKey(byte[] rootKey) {
    return hmac(KEY_GENERATOR, rootKey);
  }

  private byte[] hmac(SecretKeySpec key, byte[] message) {
    init(key);
    return mac.doFinal(message);
  }

  private void init(SecretKeySpec key) {
    try {
      mac.init(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 refused a key", e);
    }
  }
}
