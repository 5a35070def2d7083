// SPDX-License-Identifier: Apache-2.0
package io.l402;

import io.l402.caveat.Caveat;
import io.l402.caveat.CaveatChecker;
import io.l402.caveat.CaveatContext;
import io.l402.caveat.Clearance;
import io.l402.keys.RevocationList;
import io.l402.keys.RootKeyStore;
import io.l402.macaroon.Macaroon;
import io.l402.macaroon.MacaroonCaveat;
import io.l402.macaroon.RootKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Verifies credentials: that they were paid for, that we minted them, that they are not revoked,
 * and that their caveats hold for a request.
 *
 * <p>A credential is accepted only if its preimage hashes to the payment hash of its identifier,
 * every macaroon's HMAC chain ends in its signature under a root key of ours, the token is not
 * revoked, and {@link CaveatChecker} clears the caveats of every macaroon. Nothing here asks the
 * Lightning node.
 *
 * <p><b>Security.</b> Possession of macaroon and preimage is sufficient: serve over TLS.
 *
 * <p>Instances are immutable and safe for use by many threads.
 *
 * @see <a
 *     href="https://github.com/lightninglabs/L402/blob/master/protocol-specification.md">protocol-specification.md</a>
 */
public final class L402Verifier {
  private final RootKeyStore rootKeys;
  private final RevocationList revocations;
  private final CaveatChecker caveats;

  /** A verifier of tokens minted with these keys. */
  public L402Verifier(RootKeyStore rootKeys, RevocationList revocations, CaveatChecker caveats) {
    this.rootKeys = Objects.requireNonNull(rootKeys, "rootKeys");
    this.revocations = Objects.requireNonNull(revocations, "revocations");
    this.caveats = Objects.requireNonNull(caveats, "caveats");
  }

  /**
   * Verifies a credential for a request.
   *
   * @throws io.l402.keys.RootKeyStoreException if keys or revocations cannot be read now; nothing
   *     may be granted then
   */
  public Verification verify(L402Credential credential, CaveatContext context) {
    L402Identifier identifier = credential.identifier();
    if (!credential.preimage().paymentHash().equals(identifier.paymentHash())) {
      return new Verification.Rejected(RejectionReason.WRONG_PREIMAGE);
    }
    Optional<RejectionReason> forgery = checkSignatures(credential, identifier);
    if (forgery.isPresent()) {
      return new Verification.Rejected(forgery.get());
    }
    if (revocations.isRevoked(identifier.tokenId())) {
      return new Verification.Rejected(RejectionReason.REVOKED);
    }
    return clear(credential, context);
  }

  private Optional<RejectionReason> checkSignatures(
      L402Credential credential, L402Identifier identifier) {
    List<RootKey> candidates = rootKeys.candidates(identifier);
    if (candidates.isEmpty()) {
      return Optional.of(RejectionReason.UNKNOWN_TOKEN);
    }
    for (Macaroon macaroon : credential.macaroons()) {
      if (!isSigned(macaroon, candidates)) {
        return Optional.of(RejectionReason.BAD_SIGNATURE);
      }
    }
    return Optional.empty();
  }

  private static boolean isSigned(Macaroon macaroon, List<RootKey> candidates) {
    for (RootKey candidate : candidates) {
      if (macaroon.verify(candidate)) {
        return true;
      }
    }
    return false;
  }

  private Verification clear(L402Credential credential, CaveatContext context) {
    List<Caveat> all = List.of();
    int tier = Service.MAX_TIER;
    for (Macaroon macaroon : credential.macaroons()) {
      Clearance clearance = caveats.check(caveatIds(macaroon), context);
      if (clearance.refusal().isPresent()) {
        return new Verification.Rejected(clearance.refusal().get());
      }
      all = concat(all, clearance.caveats());
      tier = Math.min(tier, clearance.tier());
    }
    Service service = new Service(context.service(), tier);
    return new Verification.Verified(new VerifiedL402(credential.identifier(), service, all));
  }

  /** There is mostly one macaroon, whose caveats need no copy. */
  private static List<Caveat> concat(List<Caveat> first, List<Caveat> second) {
    if (first.isEmpty()) {
      return second;
    }
    List<Caveat> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }

  private static List<byte[]> caveatIds(Macaroon macaroon) {
    List<byte[]> ids = new ArrayList<>(macaroon.caveats().size());
    for (MacaroonCaveat caveat : macaroon.caveats()) {
      ids.add(caveat.id());
    }
    return ids;
  }
}
