// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import io.l402.crypto.HmacKey;
import io.l402.crypto.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The HMAC-SHA256 chain of a macaroon.
 *
 * <p>The chain does not start from the root key but from {@code HMAC("macaroons-key-generator",
 * rootKey)}: every deployed library does this step, though the L402 text leaves it out.
 */
final class HmacChain {
  private static final HmacKey KEY_GENERATOR =
      HmacKey.of("macaroons-key-generator".getBytes(StandardCharsets.US_ASCII));

  private final HmacSha256 hmac;
  private final byte[] signature = new byte[Macaroon.SIGNATURE_LENGTH];

  private HmacChain(HmacSha256 hmac) {
    this.hmac = hmac;
  }

  /** The chain after the identifier. */
  static HmacChain start(RootKey rootKey, byte[] identifier) {
    HmacChain chain = new HmacChain(KEY_GENERATOR.start());
    chain.hmac.add(rootKey.bytes()).finish(chain.signature);
    return chain.add(identifier);
  }

  /** A chain that goes on from a signature, as a holder does. */
  static HmacChain resume(byte[] signature) {
    HmacChain chain = new HmacChain(new HmacSha256());
    System.arraycopy(signature, 0, chain.signature, 0, chain.signature.length);
    return chain;
  }

  /** One more first-party caveat. */
  HmacChain add(byte[] message) {
    hmac.start(signature).add(message).finish(signature);
    return this;
  }

  byte[] signature() {
    return signature.clone();
  }

  /** Compares in constant time. */
  boolean endsIn(byte[] expected) {
    return MessageDigest.isEqual(signature, expected);
  }
}
