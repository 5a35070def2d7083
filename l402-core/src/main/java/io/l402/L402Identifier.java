// SPDX-License-Identifier: Apache-2.0
package io.l402;

import java.util.Objects;

/**
 * The identifier of an L402 macaroon, version 0: 66 bytes that bind a token to a payment.
 *
 * @param paymentHash the invoice that pays for the token
 * @param tokenId the name of the token
 * @see <a
 *     href="https://github.com/lightninglabs/L402/blob/master/macaroon-spec.md">macaroon-spec.md</a>
 */
public record L402Identifier(PaymentHash paymentHash, TokenId tokenId) {
  /** The only version there is. */
  public static final int VERSION = 0;

  /** The length in bytes: version, payment hash, token id. */
  public static final int LENGTH = 2 + PaymentHash.LENGTH + TokenId.LENGTH;

  private static final int HASH_POSITION = 2;
  private static final int TOKEN_ID_POSITION = HASH_POSITION + PaymentHash.LENGTH;

  /** Checks that both parts are there. */
  public L402Identifier {
    Objects.requireNonNull(paymentHash, "paymentHash");
    Objects.requireNonNull(tokenId, "tokenId");
  }

  /** The version: always 0. */
  public int version() {
    return VERSION;
  }

  /**
   * Reads exactly 66 bytes of version 0.
   *
   * @throws MalformedCredentialException if they are anything else
   */
  public static L402Identifier of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new MalformedCredentialException(
          "identifier: found " + bytes.length + " bytes, expected " + LENGTH);
    }
    int version = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    if (version != VERSION) {
      throw new MalformedCredentialException(
          "identifier: found version " + version + ", expected 0");
    }
    return new L402Identifier(
        PaymentHash.at(bytes, HASH_POSITION), TokenId.at(bytes, TOKEN_ID_POSITION));
  }

  /** The 66 bytes. */
  public byte[] toByteArray() {
    // The version is 0, and so are the first two bytes.
    byte[] bytes = new byte[LENGTH];
    paymentHash.copyTo(bytes, HASH_POSITION);
    tokenId.copyTo(bytes, TOKEN_ID_POSITION);
    return bytes;
  }
}
