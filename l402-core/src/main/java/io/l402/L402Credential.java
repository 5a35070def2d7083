// SPDX-License-Identifier: Apache-2.0
package io.l402;

import io.l402.macaroon.Macaroon;
import io.l402.macaroon.MacaroonCaveat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A well formed credential: one to four macaroons and a preimage. Well formed is not verified:
 * nothing may be granted on it until {@link L402Verifier} has made a {@link VerifiedL402} of it.
 *
 * <p>Holds secrets and does not print them. Immutable and safe for use by many threads.
 *
 * @see <a
 *     href="https://github.com/lightninglabs/L402/blob/master/protocol-specification.md">protocol-specification.md</a>
 */
public final class L402Credential {
  /** The most macaroons one credential may carry. */
  public static final int MAX_MACAROONS = 4;

  /** The longest credential that is read, in characters. */
  public static final int MAX_LENGTH = 8_192;

  private final List<Macaroon> macaroons;
  private final L402Identifier identifier;
  private final Preimage preimage;

  private L402Credential(List<Macaroon> macaroons, L402Identifier identifier, Preimage preimage) {
    this.macaroons = macaroons;
    this.identifier = identifier;
    this.preimage = preimage;
  }

  /**
   * A credential of these parts.
   *
   * @throws MalformedCredentialException if there are none or too many macaroons, if they differ in
   *     their identifier or it is not one of ours, if one carries a third-party caveat or another
   *     preimage, or if the preimage is all zeros
   */
  public static L402Credential of(List<Macaroon> macaroons, Preimage preimage) {
    Objects.requireNonNull(preimage, "preimage");
    if (macaroons.isEmpty() || macaroons.size() > MAX_MACAROONS) {
      throw new MalformedCredentialException(
          "credential: found " + macaroons.size() + " macaroons, expected 1 to " + MAX_MACAROONS);
    }
    if (preimage.isAllZero()) {
      throw new MalformedCredentialException("credential: the preimage is all zeros");
    }
    byte[] first = macaroons.get(0).identifier();
    for (int i = 0; i < macaroons.size(); i++) {
      if (i > 0 && !Arrays.equals(first, macaroons.get(i).identifier())) {
        throw new MalformedCredentialException("credential: its macaroons' identifiers differ");
      }
      checkCaveats(macaroons.get(i), preimage);
    }
    return new L402Credential(List.copyOf(macaroons), L402Identifier.of(first), preimage);
  }

  private static void checkCaveats(Macaroon macaroon, Preimage preimage) {
    for (MacaroonCaveat caveat : macaroon.caveats()) {
      if (!(caveat instanceof MacaroonCaveat.FirstParty)) {
        throw new MalformedCredentialException("credential: a macaroon has a third-party caveat");
      }
    }
    for (Preimage carried : PreimageCaveats.in(macaroon)) {
      if (!carried.equals(preimage)) {
        throw new MalformedCredentialException("credential: its preimages differ");
      }
    }
  }

  /**
   * Finds the credential of a request in the positions of the specification, in this order: {@code
   * Authorization}, with scheme {@code L402} or {@code LSAT}, wherever it stands among others; then
   * {@code Grpc-Metadata-Macaroon}, {@code Macaroon}, {@code Token}, {@code Grpc-Metadata-Token},
   * where anything that is not a credential of ours is left alone.
   *
   * @return empty if there is none
   * @throws MalformedCredentialException if there is one that is malformed, or two that differ in
   *     identifier or preimage
   */
  public static Optional<L402Credential> from(RequestHeaders headers) {
    return CredentialParser.parse(headers);
  }

  /**
   * Whether {@link #from} takes a field for a credential, or for a malformed one: whoever passes
   * the request on, and is not to pass on the credential, leaves out the field.
   *
   * @param name the field's name; case does not matter
   */
  public static boolean isIn(String name, String value) {
    return CredentialParser.isCredential(name, value);
  }

  /**
   * Reads the value of an {@code Authorization} field that holds one credential and nothing else.
   *
   * @throws MalformedCredentialException if it is anything else
   */
  public static L402Credential parse(String authorization) {
    List<L402Credential> found = new ArrayList<>(1);
    CredentialParser.parseAuthorization(authorization, found);
    if (found.size() != 1) {
      throw new MalformedCredentialException(
          "credential: found " + found.size() + " of scheme L402 or LSAT, expected 1");
    }
    return found.get(0);
  }

  /** The macaroons: one to four, all with the same identifier. */
  public List<Macaroon> macaroons() {
    return macaroons;
  }

  /** What all its macaroons say they are; not verified. */
  public L402Identifier identifier() {
    return identifier;
  }

  /** The preimage. Handle as a secret. */
  public Preimage preimage() {
    return preimage;
  }

  /** The value for an {@code Authorization} field. Handle as a secret. */
  public String toAuthorization() {
    return macaroons.stream()
        .map(macaroon -> Base64.getEncoder().encodeToString(macaroon.toByteArray()))
        .collect(Collectors.joining(",", "L402 ", ":" + preimage.toHex()));
  }

  boolean sameTokenAs(L402Credential other) {
    return this == other || identifier.equals(other.identifier) && preimage.equals(other.preimage);
  }

  @Override
  public String toString() {
    return "L402Credential[token " + identifier.tokenId() + "]";
  }
}
