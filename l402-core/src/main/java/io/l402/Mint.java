// SPDX-License-Identifier: Apache-2.0
package io.l402;

import io.l402.caveat.Caveat;
import io.l402.caveat.ServicesCaveat;
import io.l402.keys.RootKeyStore;
import io.l402.macaroon.Macaroon;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;

/**
 * Mints the macaroons of tokens.
 *
 * <p>A macaroon is no token until its invoice is paid: the preimage is the other half. Instances
 * are immutable and safe for use by many threads.
 */
public final class Mint {
  /** The location of minted macaroons, as aperture has it. Not signed and never trusted. */
  public static final String LOCATION = "lsat";

  private final RootKeyStore rootKeys;
  private final SecureRandom random;

  /** A mint that draws its token ids from a source of its own. */
  public Mint(RootKeyStore rootKeys) {
    this(rootKeys, new SecureRandom());
  }

  /** A mint that draws its token ids from the given source. */
  public Mint(RootKeyStore rootKeys, SecureRandom random) {
    this.rootKeys = Objects.requireNonNull(rootKeys, "rootKeys");
    this.random = Objects.requireNonNull(random, "random");
  }

  /**
   * Mints the macaroon of a fresh token for an invoice.
   *
   * @param paymentHash the invoice; never mint two tokens for one
   * @param caveats what the token is restricted to, in order; the first names its services
   * @throws IllegalArgumentException if it names none: any holder could then name what it likes
   * @throws io.l402.keys.RootKeyStoreException if its root key cannot be made or kept
   */
  public Macaroon mint(PaymentHash paymentHash, List<Caveat> caveats) {
    if (caveats.isEmpty() || !caveats.get(0).condition().equals(ServicesCaveat.CONDITION)) {
      throw new IllegalArgumentException("mint: a token's first caveat names its services");
    }
    L402Identifier identifier = new L402Identifier(paymentHash, TokenId.random(random));
    List<byte[]> bytes = caveats.stream().map(Caveat::toByteArray).toList();
    return Macaroon.mint(rootKeys.create(identifier), LOCATION, identifier.toByteArray(), bytes);
  }
}
