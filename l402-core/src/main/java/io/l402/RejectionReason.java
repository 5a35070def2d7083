// SPDX-License-Identifier: Apache-2.0
package io.l402;

/**
 * Why a credential was refused: the short code a client sees, stable for machines.
 *
 * <p>{@link #REVOKED}, {@link #EXPIRED}, {@link #WRONG_SERVICE}, {@link #CAVEAT} and {@link
 * #UNSETTLED} are said only of a token whose HMAC chain verified, so that they tell nothing to
 * somebody who guesses.
 */
public enum RejectionReason {
  /** Not a well formed credential, or two that differ. */
  MALFORMED("malformed"),
  /** No root key is known for the identifier. */
  UNKNOWN_TOKEN("unknown_token"),
  /** The HMAC chain does not end in the signature presented. */
  BAD_SIGNATURE("bad_signature"),
  /** The preimage does not hash to the payment hash of the identifier. */
  WRONG_PREIMAGE("wrong_preimage"),
  /** The token id is on the revocation list. */
  REVOKED("revoked"),
  /** A {@code _valid_until} caveat lies in the past. */
  EXPIRED("expired"),
  /** The token was not sold for this service, tier or resource. */
  WRONG_SERVICE("wrong_service"),
  /** Another caveat does not hold, or a later caveat widens an earlier one. */
  CAVEAT("caveat"),
  /** Strict mode: the node does not report the invoice as settled. */
  UNSETTLED("unsettled");

  private final String code;

  RejectionReason(String code) {
    this.code = code;
  }

  /** The code as it stands in answers, in lower case. */
  public String code() {
    return code;
  }
}
