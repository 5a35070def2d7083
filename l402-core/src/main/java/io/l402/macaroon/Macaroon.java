// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import io.l402.macaroon.MacaroonCaveat.FirstParty;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A macaroon: an identifier, caveats, and a signature that covers both. Byte-exact: what was read
 * is what is signed, verified and written again.
 *
 * <p>The location is a hint that nobody signed; it never takes part in a decision. The signature is
 * a secret: whoever has it can present the macaroon. It never prints.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @see <a href="https://research.google/pubs/pub41892/">Macaroons: Cookies with Contextual
 *     Caveats</a>
 */
public final class Macaroon {
  /** The length of a signature in bytes. */
  public static final int SIGNATURE_LENGTH = 32;

  /** The most bytes a macaroon may take in the V2 binary form. Bounds every form, read or made. */
  public static final int MAX_LENGTH = 4_096;

  /** The most caveats of a macaroon. */
  public static final int MAX_CAVEATS = 32;

  /** The most bytes of a caveat, and of a third-party caveat's verification id. */
  public static final int MAX_CAVEAT_LENGTH = 1_024;

  /** The most bytes of a location. */
  public static final int MAX_LOCATION_LENGTH = 256;

  private final byte[] location;
  private final byte[] identifier;
  private final List<MacaroonCaveat> caveats;
  private final byte[] signature;

  /** Takes the arrays over; the codecs next door copy what they must. */
  Macaroon(byte[] location, byte[] identifier, List<MacaroonCaveat> caveats, byte[] signature) {
    this.location = location;
    this.identifier = identifier;
    this.caveats = List.copyOf(caveats);
    this.signature = signature;
  }

  /**
   * Mints a macaroon.
   *
   * @param rootKey the secret to sign with
   * @param location a hint at where it is valid; may be empty
   * @param identifier what the minter finds the root key by
   * @param caveats the bytes of first-party caveats, in order
   * @throws IllegalArgumentException if that is more than {@link #MAX_LENGTH} and the other bounds
   *     allow: such a macaroon could be written and never read again
   */
  public static Macaroon mint(
      RootKey rootKey, String location, byte[] identifier, List<byte[]> caveats) {
    byte[] id = identifier.clone();
    byte[] signature = HmacChain.start(rootKey, id).signature();
    byte[] where = location.getBytes(StandardCharsets.UTF_8);
    return new Macaroon(where, id, List.of(), signature).attenuate(caveats);
  }

  /**
   * Reads the V2 binary form.
   *
   * @throws MalformedMacaroonException if the bytes are anything else, or anything follows
   */
  public static Macaroon of(byte[] v2) {
    return MacaroonFormat.V2.decode(v2);
  }

  /** The V2 binary form. Holds the signature: handle as a secret. */
  public byte[] toByteArray() {
    return MacaroonFormat.V2.encode(this);
  }

  /**
   * The same macaroon with first-party caveats added, as any holder may.
   *
   * @throws IllegalArgumentException if that is more than {@link #MAX_CAVEATS}, {@link
   *     #MAX_CAVEAT_LENGTH} or {@link #MAX_LENGTH} allow
   */
  public Macaroon attenuate(byte[]... added) {
    return attenuate(Arrays.asList(added));
  }

  private Macaroon attenuate(List<byte[]> added) {
    List<MacaroonCaveat> all = new ArrayList<>(caveats);
    HmacChain chain = HmacChain.resume(signature);
    for (byte[] caveat : added) {
      FirstParty own = FirstParty.of(caveat);
      chain.add(own.rawId());
      all.add(own);
    }
    Macaroon attenuated = new Macaroon(location, identifier, all, chain.signature());
    return MacaroonBounds.check(attenuated, IllegalArgumentException::new);
  }

  /**
   * Whether the signature is the end of the HMAC chain over identifier and caveats, under this root
   * key. Always does the whole chain and compares in constant time. A macaroon with a third-party
   * caveat does not verify.
   */
  public boolean verify(RootKey rootKey) {
    Objects.requireNonNull(rootKey, "rootKey");
    HmacChain chain = HmacChain.start(rootKey, identifier);
    boolean firstPartyOnly = true;
    for (MacaroonCaveat caveat : caveats) {
      if (caveat instanceof FirstParty first) {
        chain.add(first.rawId());
      } else {
        firstPartyOnly = false;
      }
    }
    return chain.endsIn(signature) && firstPartyOnly;
  }

  /** The location, read as UTF-8; empty if there is none. Not signed, never to be trusted. */
  public String location() {
    return new String(location, StandardCharsets.UTF_8);
  }

  /** A copy of the identifier. */
  public byte[] identifier() {
    return identifier.clone();
  }

  /** The caveats, in order. */
  public List<MacaroonCaveat> caveats() {
    return caveats;
  }

  /** A copy of the signature. Handle as a secret. */
  public byte[] signature() {
    return signature.clone();
  }

  byte[] rawLocation() {
    return location;
  }

  byte[] rawIdentifier() {
    return identifier;
  }

  byte[] rawSignature() {
    return signature;
  }

  /** Equal in every byte, the location included. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Macaroon that
        && Arrays.equals(location, that.location)
        && Arrays.equals(identifier, that.identifier)
        && caveats.equals(that.caveats)
        && MessageDigest.isEqual(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(identifier);
  }

  /** Tells sizes only: the signature is a secret and the rest may be long. */
  @Override
  public String toString() {
    return "Macaroon[" + identifier.length + " byte identifier, " + caveats.size() + " caveats]";
  }
}
