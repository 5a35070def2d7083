// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import io.l402.macaroon.MacaroonCaveat.FirstParty;
import io.l402.macaroon.MacaroonCaveat.ThirdParty;
import java.util.ArrayList;
import java.util.List;

/**
 * The V1 packet form of libmacaroons: {@code location}, {@code identifier}, then for each caveat
 * {@code cid} and for a third party's {@code vid} and maybe {@code cl}, then {@code signature}.
 *
 * <p>The location is always there, if only empty; a {@code vid} or {@code cl} is not empty.
 */
final class MacaroonV1Codec implements MacaroonCodec {
  /**
   * The most bytes that are read. Packets take more room than V2 fields, yet no macaroon within the
   * bounds comes near this.
   */
  static final int MAX_LENGTH = 5 * 1_024;

  private static final String LOCATION = "location";
  private static final String IDENTIFIER = "identifier";
  private static final String CAVEAT_ID = "cid";
  private static final String VERIFICATION_ID = "vid";
  private static final String CAVEAT_LOCATION = "cl";
  private static final String SIGNATURE = "signature";

  @Override
  public byte[] encode(Macaroon macaroon) {
    V1Writer out = new V1Writer();
    out.packet(LOCATION, macaroon.rawLocation()).packet(IDENTIFIER, macaroon.rawIdentifier());
    for (MacaroonCaveat caveat : macaroon.caveats()) {
      write(out, caveat);
    }
    return out.packet(SIGNATURE, macaroon.rawSignature()).bytes();
  }

  private static void write(V1Writer out, MacaroonCaveat caveat) {
    if (caveat instanceof ThirdParty third) {
      out.packet(CAVEAT_ID, third.rawId()).packet(VERIFICATION_ID, third.rawVerificationId());
      out.optional(CAVEAT_LOCATION, third.rawLocation());
    } else {
      out.packet(CAVEAT_ID, ((FirstParty) caveat).rawId());
    }
  }

  @Override
  public Macaroon decode(byte[] bytes) {
    if (bytes.length > MAX_LENGTH) {
      throw new MalformedMacaroonException(
          "macaroon v1: " + bytes.length + " bytes, at most " + MAX_LENGTH + " are read");
    }
    V1Reader in = new V1Reader(bytes);
    byte[] location = in.packet(LOCATION);
    byte[] identifier = in.packet(IDENTIFIER);
    List<MacaroonCaveat> caveats = new ArrayList<>(4);
    while (in.at(CAVEAT_ID)) {
      caveats.add(caveat(in));
    }
    byte[] signature = in.packet(SIGNATURE);
    if (signature.length != Macaroon.SIGNATURE_LENGTH) {
      throw in.malformed("signature of " + signature.length + " bytes, expected 32");
    }
    in.end();
    Macaroon macaroon = new Macaroon(location, identifier, caveats, signature);
    return MacaroonBounds.check(macaroon, MalformedMacaroonException::new);
  }

  private static MacaroonCaveat caveat(V1Reader in) {
    byte[] id = in.packet(CAVEAT_ID);
    if (!in.at(VERIFICATION_ID)) {
      return new FirstParty(id);
    }
    byte[] verificationId = in.filled(VERIFICATION_ID);
    byte[] location = in.at(CAVEAT_LOCATION) ? in.filled(CAVEAT_LOCATION) : new byte[0];
    return new ThirdParty(id, verificationId, location);
  }
}
