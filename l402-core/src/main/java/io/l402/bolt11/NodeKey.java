// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.bouncycastle.util.BigIntegers;

/**
 * The private key a node signs its invoices with, on the curve secp256k1. A secret: it never prints
 * and compares in constant time.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class NodeKey {
  /** The length in bytes. */
  public static final int LENGTH = 32;

  private final BigInteger scalar;
  private final NodeId nodeId;

  private NodeKey(BigInteger scalar) {
    this.scalar = scalar;
    this.nodeId = NodeId.of(Secp256k1.publicKey(scalar));
  }

  /**
   * A key of 32 bytes, big-endian.
   *
   * @throws IllegalArgumentException if there are not 32, or they are no private key; the message
   *     does not repeat them
   */
  public static NodeKey of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException(
          "node key: found " + bytes.length + " bytes, expected " + LENGTH);
    }
    BigInteger scalar = new BigInteger(1, bytes);
    if (!Secp256k1.isPrivateKey(scalar)) {
      throw new IllegalArgumentException("node key: zero, or not below the order of the curve");
    }
    return new NodeKey(scalar);
  }

  /** A fresh key. */
  public static NodeKey random(SecureRandom random) {
    byte[] bytes = new byte[LENGTH];
    do {
      random.nextBytes(bytes);
    } while (!Secp256k1.isPrivateKey(new BigInteger(1, bytes)));
    return of(bytes);
  }

  /** The public key. */
  public NodeId nodeId() {
    return nodeId;
  }

  BigInteger scalar() {
    return scalar;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NodeKey that
        && MessageDigest.isEqual(
            BigIntegers.asUnsignedByteArray(LENGTH, scalar),
            BigIntegers.asUnsignedByteArray(LENGTH, that.scalar));
  }

  /** Built from the public key, so that it tells nothing about the secret. */
  @Override
  public int hashCode() {
    return nodeId.hashCode();
  }

  @Override
  public String toString() {
    return "NodeKey(redacted)";
  }
}
