// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The HMAC-SHA256 chain of a macaroon.
 *
 * <p>The chain does not start from the root key but from {@code HMAC("macaroons-key-generator",
 * rootKey)}: every deployed library does this step, though the L402 text leaves it out.
 */
final class HmacChain {
  private static final byte[] KEY_GENERATOR =
      "macaroons-key-generator".getBytes(StandardCharsets.US_ASCII);
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac = newMac();
  private final byte[] signature = new byte[Macaroon.SIGNATURE_LENGTH];

  private HmacChain() {}

  /** The chain after the identifier. */
  static HmacChain start(RootKey rootKey, byte[] identifier) {
    HmacChain chain = new HmacChain();
    chain.step(KEY_GENERATOR, rootKey.bytes());
    return chain.add(identifier);
  }

  /** A chain that goes on from a signature, as a holder does. */
  static HmacChain resume(byte[] signature) {
    HmacChain chain = new HmacChain();
    System.arraycopy(signature, 0, chain.signature, 0, chain.signature.length);
    return chain;
  }

  /** One more first-party caveat. */
  HmacChain add(byte[] message) {
    step(signature, message);
    return this;
  }

  byte[] signature() {
    return signature.clone();
  }

  private void step(byte[] key, byte[] message) {
    try {
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update(message);
      mac.doFinal(signature, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 refused a key", e);
    }
  }

  private static Mac newMac() {
    try {
      return Mac.getInstance(ALGORITHM);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
