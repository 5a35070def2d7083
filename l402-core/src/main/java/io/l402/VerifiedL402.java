// SPDX-License-Identifier: Apache-2.0
package io.l402;

import io.l402.caveat.Caveat;
import java.util.List;

/**
 * A token that was verified for a request: holding one is the proof, since only {@link
 * L402Verifier} can make it.
 *
 * <p>Holds no secret: neither preimage nor signature. Immutable and safe for use by many threads.
 */
public final class VerifiedL402 {
  private final L402Identifier identifier;
  private final Service service;
  private final List<Caveat> caveats;

  VerifiedL402(L402Identifier identifier, Service service, List<Caveat> caveats) {
    this.identifier = identifier;
    this.service = service;
    this.caveats = List.copyOf(caveats);
  }

  /** The token's identifier. */
  public L402Identifier identifier() {
    return identifier;
  }

  /** The token's name. */
  public TokenId tokenId() {
    return identifier.tokenId();
  }

  /** The invoice that paid for it. */
  public PaymentHash paymentHash() {
    return identifier.paymentHash();
  }

  /** The service that was asked for, and the tier the token has for it. */
  public Service service() {
    return service;
  }

  /**
   * All caveats of the form {@code condition=value}, in order, without {@code preimage}. Every one
   * of them is signed; those the library does not know are for the application to judge.
   */
  public List<Caveat> caveats() {
    return caveats;
  }

  @Override
  public String toString() {
    return "VerifiedL402[" + service + ", token " + tokenId() + "]";
  }
}
