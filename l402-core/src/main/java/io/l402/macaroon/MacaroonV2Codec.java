// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import io.l402.macaroon.MacaroonCaveat.FirstParty;
import io.l402.macaroon.MacaroonCaveat.ThirdParty;
import java.util.ArrayList;
import java.util.List;

/**
 * The V2 binary form, as libmacaroons and go-macaroon write it:
 *
 * <pre>
 * 02 [01 location] 02 identifier 00
 *    ( [01 location] 02 id [04 verification id] 00 )*   one group per caveat
 *    00 06 signature
 * </pre>
 *
 * <p>Every field is its type, its length as a varint, and its bytes. The table of field types in
 * the L402 text differs from this and is wrong; that form is refused.
 *
 * <p>An absent location is the only way to write an empty one, so that there is one form of each
 * macaroon.
 */
final class MacaroonV2Codec implements MacaroonCodec {
  static final int VERSION = 2;
  static final int EOS = 0;
  static final int LOCATION = 1;
  static final int IDENTIFIER = 2;
  static final int VERIFICATION_ID = 4;
  static final int SIGNATURE = 6;

  @Override
  public byte[] encode(Macaroon macaroon) {
    V2Writer out = new V2Writer(length(macaroon)).type(VERSION);
    out.optional(LOCATION, macaroon.rawLocation()).field(IDENTIFIER, macaroon.rawIdentifier());
    out.type(EOS);
    for (MacaroonCaveat caveat : macaroon.caveats()) {
      write(out, caveat);
    }
    return out.type(EOS).field(SIGNATURE, macaroon.rawSignature()).bytes();
  }

  private static void write(V2Writer out, MacaroonCaveat caveat) {
    if (caveat instanceof ThirdParty third) {
      out.optional(LOCATION, third.rawLocation()).field(IDENTIFIER, third.rawId());
      out.field(VERIFICATION_ID, third.rawVerificationId());
    } else {
      out.field(IDENTIFIER, ((FirstParty) caveat).rawId());
    }
    out.type(EOS);
  }

  /** How many bytes {@link #encode} writes: the size that {@link Macaroon#MAX_LENGTH} bounds. */
  static int length(Macaroon macaroon) {
    int length =
        V2Writer.optionalLength(macaroon.rawLocation())
            + V2Writer.length(macaroon.rawIdentifier())
            + V2Writer.length(macaroon.rawSignature())
            + 3;
    for (MacaroonCaveat caveat : macaroon.caveats()) {
      length += length(caveat);
    }
    return length;
  }

  private static int length(MacaroonCaveat caveat) {
    if (caveat instanceof ThirdParty third) {
      return V2Writer.optionalLength(third.rawLocation())
          + V2Writer.length(third.rawId())
          + V2Writer.length(third.rawVerificationId())
          + 1;
    }
    return V2Writer.length(((FirstParty) caveat).rawId()) + 1;
  }

  @Override
  public Macaroon decode(byte[] bytes) {
    V2Reader in = new V2Reader(bytes);
    in.expect(VERSION);
    byte[] location = in.optional(LOCATION, Macaroon.MAX_LOCATION_LENGTH);
    byte[] identifier = in.field(IDENTIFIER, Macaroon.MAX_LENGTH);
    in.expect(EOS);
    List<MacaroonCaveat> caveats = caveats(in);
    in.expect(EOS);
    byte[] signature = in.field(SIGNATURE, Macaroon.SIGNATURE_LENGTH);
    if (signature.length != Macaroon.SIGNATURE_LENGTH) {
      throw in.malformed("signature of " + signature.length + " bytes, expected 32");
    }
    in.end();
    return new Macaroon(location, identifier, caveats, signature);
  }

  private static List<MacaroonCaveat> caveats(V2Reader in) {
    List<MacaroonCaveat> caveats = new ArrayList<>(4);
    while (in.peek() != EOS) {
      if (caveats.size() == Macaroon.MAX_CAVEATS) {
        throw in.malformed("more than " + Macaroon.MAX_CAVEATS + " caveats");
      }
      caveats.add(caveat(in));
    }
    return caveats;
  }

  private static MacaroonCaveat caveat(V2Reader in) {
    byte[] location = in.optional(LOCATION, Macaroon.MAX_LOCATION_LENGTH);
    byte[] id = in.field(IDENTIFIER, Macaroon.MAX_CAVEAT_LENGTH);
    byte[] verificationId = in.optional(VERIFICATION_ID, Macaroon.MAX_CAVEAT_LENGTH);
    in.expect(EOS);
    if (verificationId.length > 0) {
      return new ThirdParty(id, verificationId, location);
    }
    if (location.length > 0) {
      throw in.malformed("a location on a first-party caveat");
    }
    return new FirstParty(id);
  }
}
