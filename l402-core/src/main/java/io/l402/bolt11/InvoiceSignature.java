// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import io.l402.L402Exception;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.bouncycastle.util.BigIntegers;

/** The end of every invoice: a signature of 64 bytes and how to recover the key, in 104 groups. */
record InvoiceSignature(BigInteger r, BigInteger s, int recoveryId) {
  /** How many groups it takes. */
  static final int GROUPS = 104;

  private static final int SCALAR = 32;

  /**
   * Reads the groups after the data, of which the caller has made sure there are 104.
   *
   * @throws MalformedInvoiceException if the recovery id is not in 0..3
   */
  static InvoiceSignature read(byte[] groups) {
    byte[] bytes = FiveBits.toBytes(groups);
    if ((bytes[2 * SCALAR] & ~3) != 0) {
      throw new MalformedInvoiceException("bolt 11: expected a recovery id from 0 to 3");
    }
    return new InvoiceSignature(
        new BigInteger(1, Arrays.copyOf(bytes, SCALAR)),
        new BigInteger(1, Arrays.copyOfRange(bytes, SCALAR, 2 * SCALAR)),
        bytes[2 * SCALAR] & 0xff);
  }

  /** Signs the human-readable part and the data of an invoice. */
  static InvoiceSignature sign(String prefix, byte[] data, NodeKey key) {
    return Secp256k1.sign(hash(prefix, data), key.scalar());
  }

  /** The 104 groups. */
  byte[] toGroups() {
    byte[] bytes = new byte[2 * SCALAR + 1];
    BigIntegers.asUnsignedByteArray(r, bytes, 0, SCALAR);
    BigIntegers.asUnsignedByteArray(s, bytes, SCALAR, SCALAR);
    bytes[2 * SCALAR] = (byte) recoveryId;
    return FiveBits.fromBytes(bytes);
  }

  /**
   * Who signed. Without a name in the invoice the key is recovered, and either s will do; with one
   * the signature must be that key's, and s the lower one.
   *
   * @throws MalformedInvoiceException if nobody can have, or not the one who is named
   */
  NodeId signer(String prefix, byte[] data, NodeId named) {
    byte[] hash = hash(prefix, data);
    if (named == null) {
      return NodeId.of(
          Secp256k1.recover(hash, this)
              .orElseThrow(
                  () -> new MalformedInvoiceException("bolt 11: no key can have signed this")));
    }
    if (!Secp256k1.isLowS(s)) {
      throw new MalformedInvoiceException("bolt 11: a signature with high s beside a node id");
    }
    if (!Secp256k1.verify(hash, this, named.toByteArray())) {
      throw new MalformedInvoiceException("bolt 11: the signature is not the named node's");
    }
    return named;
  }

  private static byte[] hash(String prefix, byte[] data) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(prefix.getBytes(StandardCharsets.UTF_8));
      return digest.digest(FiveBits.toBytesPadded(data));
    } catch (NoSuchAlgorithmException e) {
      throw new L402Exception("every Java platform has SHA-256", e);
    }
  }
}
