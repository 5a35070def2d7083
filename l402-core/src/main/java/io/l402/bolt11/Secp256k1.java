// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/** ECDSA over secp256k1 with recoverable signatures, on Bouncy Castle's low-level API. */
final class Secp256k1 {
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
  private static final BigInteger ORDER = CURVE.getN();
  private static final BigInteger HALF_ORDER = ORDER.shiftRight(1);
  private static final BigInteger FIELD = CURVE.getCurve().getField().getCharacteristic();

  private Secp256k1() {}

  /** Whether a number is the private key of something. */
  static boolean isPrivateKey(BigInteger key) {
    return key.signum() > 0 && key.compareTo(ORDER) < 0;
  }

  /** The compressed public key of a private key. */
  static byte[] publicKey(BigInteger key) {
    return multiplyBase(key).getEncoded(true);
  }

  /** Signs a hash: deterministic (RFC 6979), with the lower of the two possible values of s. */
  static InvoiceSignature sign(byte[] hash, BigInteger key) {
    HMacDSAKCalculator nonces = new HMacDSAKCalculator(SHA256Digest.newInstance());
    nonces.init(ORDER, key, hash);
    BigInteger message = new BigInteger(1, hash);
    while (true) {
      BigInteger k = nonces.nextK();
      ECPoint point = multiplyBase(k);
      BigInteger x = point.getAffineXCoord().toBigInteger();
      BigInteger r = x.mod(ORDER);
      BigInteger s =
          BigIntegers.modOddInverse(ORDER, k).multiply(message.add(key.multiply(r))).mod(ORDER);
      if (r.signum() != 0 && s.signum() != 0) {
        int odd = point.getAffineYCoord().testBitZero() ? 1 : 0;
        return lowS(r, s, odd | (x.equals(r) ? 0 : 2));
      }
    }
  }

  /** Negating s mirrors the point, which turns the parity that the recovery id tells. */
  private static InvoiceSignature lowS(BigInteger r, BigInteger s, int recoveryId) {
    return isLowS(s)
        ? new InvoiceSignature(r, s, recoveryId)
        : new InvoiceSignature(r, ORDER.subtract(s), recoveryId ^ 1);
  }

  static boolean isLowS(BigInteger s) {
    return s.compareTo(HALF_ORDER) <= 0;
  }

  /** The compressed public key that made a signature; empty if no key can have. */
  static Optional<byte[]> recover(byte[] hash, InvoiceSignature signature) {
    BigInteger r = signature.r();
    BigInteger s = signature.s();
    int id = signature.recoveryId();
    BigInteger x = id < 2 ? r : r.add(ORDER);
    if (!isPrivateKey(r) || !isPrivateKey(s) || id > 3 || x.compareTo(FIELD) >= 0) {
      return Optional.empty();
    }
    Optional<ECPoint> point = point(compressed(x, id & 1));
    if (point.isEmpty()) {
      return Optional.empty();
    }
    BigInteger inverse = BigIntegers.modOddInverseVar(ORDER, r);
    BigInteger u1 = new BigInteger(1, hash).negate().multiply(inverse).mod(ORDER);
    BigInteger u2 = s.multiply(inverse).mod(ORDER);
    ECPoint key = ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), u1, point.get(), u2).normalize();
    return key.isInfinity() ? Optional.empty() : Optional.of(key.getEncoded(true));
  }

  /** Whether a signature is that of a compressed public key. */
  static boolean verify(byte[] hash, InvoiceSignature signature, byte[] publicKey) {
    Optional<ECPoint> point = point(publicKey);
    if (point.isEmpty()) {
      return false;
    }
    ECDSASigner verifier = new ECDSASigner();
    verifier.init(false, new ECPublicKeyParameters(point.get(), new ECDomainParameters(CURVE)));
    return verifier.verifySignature(hash, signature.r(), signature.s());
  }

  private static ECPoint multiplyBase(BigInteger k) {
    return new FixedPointCombMultiplier().multiply(CURVE.getG(), k).normalize();
  }

  private static Optional<ECPoint> point(byte[] compressed) {
    try {
      return Optional.of(CURVE.getCurve().decodePoint(compressed));
    } catch (IllegalArgumentException notOnTheCurve) {
      return Optional.empty();
    }
  }

  private static byte[] compressed(BigInteger x, int odd) {
    byte[] encoded = new byte[NodeId.LENGTH];
    encoded[0] = (byte) (2 | odd);
    BigIntegers.asUnsignedByteArray(x, encoded, 1, 32);
    return encoded;
  }
}
