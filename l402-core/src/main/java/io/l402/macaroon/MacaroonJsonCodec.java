// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import io.l402.macaroon.MacaroonCaveat.FirstParty;
import io.l402.macaroon.MacaroonCaveat.ThirdParty;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The V2 JSON form, as go-macaroon and js-macaroon write it: {@code {"v":2,"l":..,"i":..,
 * "c":[{"i":..,"v":..,"l":..}],"s64":..}}, where {@code i}, {@code v} and {@code s} may each be
 * {@code i64}, {@code v64}, {@code s64} instead.
 */
final class MacaroonJsonCodec implements MacaroonCodec {
  /**
   * The most bytes that are read: a macaroon within the bounds, every byte of it an escape of six,
   * with room for the names and some white space.
   */
  static final int MAX_LENGTH = 32 * 1_024;

  private static final int VERSION = 2;

  @Override
  public byte[] encode(Macaroon macaroon) {
    StringBuilder out = new StringBuilder(512).append("{\"v\":2");
    location(out, macaroon.rawLocation());
    JsonBytes.write(out.append(','), "i", macaroon.rawIdentifier());
    char separator = '[';
    for (MacaroonCaveat caveat : macaroon.caveats()) {
      out.append(separator == '[' ? ",\"c\":[" : ",");
      separator = ',';
      write(out, caveat);
    }
    out.append(macaroon.caveats().isEmpty() ? "," : "],");
    JsonBytes.write(out, "s", macaroon.rawSignature());
    return out.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(StringBuilder out, MacaroonCaveat caveat) {
    JsonBytes.write(out.append('{'), "i", caveat.id());
    if (caveat instanceof ThirdParty third) {
      JsonBytes.write(out.append(','), "v", third.rawVerificationId());
      location(out, third.rawLocation());
    }
    out.append('}');
  }

  private static void location(StringBuilder out, byte[] location) {
    if (location.length > 0) {
      String text =
          JsonBytes.text(location)
              .orElseThrow(() -> new IllegalArgumentException("macaroon json: location not UTF-8"));
      JsonBytes.quote(out.append(",\"l\":"), text);
    }
  }

  @Override
  public Macaroon decode(byte[] bytes) {
    if (bytes.length > MAX_LENGTH) {
      throw new MalformedMacaroonException(
          "macaroon json: " + bytes.length + " bytes, at most " + MAX_LENGTH + " are read");
    }
    Fields fields = new Fields(new JsonReader(bytes));
    fields.in.object(fields::read);
    fields.in.end();
    return MacaroonBounds.check(fields.macaroon(), MalformedMacaroonException::new);
  }

  /** What has been read of one macaroon. */
  private static final class Fields {
    private final JsonReader in;
    private final JsonBytes identifier = new JsonBytes("i");
    private final JsonBytes signature = new JsonBytes("s");
    private final List<MacaroonCaveat> caveats = new ArrayList<>(4);
    private String location = "";
    private int version;

    Fields(JsonReader in) {
      this.in = in;
    }

    void read(String member) {
      if (identifier.read(member, in) || signature.read(member, in)) {
        return;
      }
      switch (member) {
        case "v" -> version = in.digit();
        case "l" -> location = in.string();
        case "c" -> in.array(() -> caveats.add(new CaveatFields(in).read()));
        default -> throw in.malformed("an unknown name");
      }
    }

    Macaroon macaroon() {
      if (version != VERSION) {
        throw in.malformed("expected version 2");
      }
      byte[] end = signature.required(in);
      if (end.length != Macaroon.SIGNATURE_LENGTH) {
        throw in.malformed("signature of " + end.length + " bytes, expected 32");
      }
      byte[] where = location.getBytes(StandardCharsets.UTF_8);
      return new Macaroon(where, identifier.required(in), caveats, end);
    }
  }

  /** What has been read of one caveat. */
  private static final class CaveatFields {
    private final JsonReader in;
    private final JsonBytes id = new JsonBytes("i");
    private final JsonBytes verificationId = new JsonBytes("v");
    private String location = "";

    CaveatFields(JsonReader in) {
      this.in = in;
    }

    MacaroonCaveat read() {
      in.object(this::read);
      byte[] bytes = id.required(in);
      if (!verificationId.isPresent() && location.isEmpty()) {
        return new FirstParty(bytes);
      }
      byte[] encrypted = verificationId.required(in);
      if (encrypted.length == 0) {
        throw in.malformed("an empty verification id");
      }
      return new ThirdParty(bytes, encrypted, location.getBytes(StandardCharsets.UTF_8));
    }

    private void read(String member) {
      if (id.read(member, in) || verificationId.read(member, in)) {
        return;
      }
      if (!member.equals("l")) {
        throw in.malformed("an unknown name in a caveat");
      }
      location = in.string();
    }
  }
}
