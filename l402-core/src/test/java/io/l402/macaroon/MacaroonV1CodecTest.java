// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MacaroonV1CodecTest {
  private static final String SIGNATURE = "signature " + "Z".repeat(32);

  @ParameterizedTest
  @CsvSource({
    "minimal, location |identifier i|SIG",
    "empty identifier, location l|identifier |SIG",
    "caveats, location l|identifier i|cid a|cid |cid b|SIG",
    "third party, location l|identifier i|cid c|vid v|SIG",
    "third party with location, location l|identifier i|cid c|vid v|cl x|cid d|SIG",
  })
  void readsAndWritesTheSameBytes(String what, String packets) {
    byte[] bytes = bytes(packets);
    assertArrayEquals(bytes, MacaroonFormat.V1.encode(MacaroonFormat.V1.decode(bytes)), what);
  }

  @ParameterizedTest
  @CsvSource({
    "no location, identifier i|SIG",
    "no identifier, location l|SIG",
    "identifier first, identifier i|location l|SIG",
    "no signature, location l|identifier i",
    "location twice, location l|location l|identifier i|SIG",
    "identifier twice, location l|identifier i|identifier i|SIG",
    "vid without cid, location l|identifier i|vid v|SIG",
    "vid twice, location l|identifier i|cid c|vid v|vid v|SIG",
    "empty vid, location l|identifier i|cid c|vid |SIG",
    "cl without vid, location l|identifier i|cid c|cl x|SIG",
    "empty cl, location l|identifier i|cid c|vid v|cl |SIG",
    "cl before vid, location l|identifier i|cid c|cl x|vid v|SIG",
    "unknown packet, location l|identifier i|foo x|SIG",
    "name without a space, location l|identifier i|cid|SIG",
    "caveat after the signature, location l|identifier i|SIG|cid c",
    "signature twice, location l|identifier i|SIG|SIG",
    "short signature, location l|identifier i|signature Z",
  })
  void refuses(String what, String packets) {
    assertRefused(what, bytes(packets));
  }

  @ParameterizedTest
  @CsvSource({
    "upper-case hex, 000F, 000f",
    "no hex, 00g0, 000f",
    "too short for its name, 0005, 000f",
    "one less, 000e, 000f",
    "one more, 0010, 000f",
    "beyond the end, ffff, 000f",
    "nothing, 0000, 000f",
    "a sign, +00f, 000f",
  })
  void refusesTheLength(String what, String length, String right) {
    String packet = right + "location l\n";
    byte[] rest = bytes("identifier i|SIG");
    byte[] good = concat((right + "location l\n").getBytes(StandardCharsets.US_ASCII), rest);
    byte[] bad = concat((length + "location l\n").getBytes(StandardCharsets.US_ASCII), rest);
    // The good form of the length reads: what is refused is refused for the length.
    assertArrayEquals(good, MacaroonFormat.V1.encode(MacaroonFormat.V1.decode(good)), packet);
    assertRefused(what, bad);
  }

  @Test
  void readsIdentifiersThatAreNotText() {
    byte[] id = new RandomMacaroons(RandomMacaroons.SEED).bytes(66);
    id[5] = '\n';
    Macaroon macaroon = new Macaroon(new byte[0], id, List.of(), new byte[32]);
    assertArrayEquals(
        id, MacaroonFormat.V1.decode(MacaroonFormat.V1.encode(macaroon)).identifier());
  }

  @Test
  void refusesEveryPrefix() {
    byte[] whole = bytes("location l|identifier i|cid c|vid v|cl x|SIG");
    for (int length = 0; length < whole.length; length++) {
      assertRefused("prefix", Arrays.copyOf(whole, length));
    }
  }

  @ParameterizedTest
  @CsvSource({"257, 0, 0, 1", "0, 33, 1, 1", "0, 1, 1025, 1", "0, 0, 0, 4057", "0, 0, 0, 60000"})
  void refusesBeyondTheBounds(int location, int caveats, int caveat, int identifier) {
    String packets =
        "location "
            + "l".repeat(location)
            + "|identifier "
            + "i".repeat(identifier)
            + ("|cid " + "c".repeat(caveat)).repeat(caveats)
            + "|SIG";
    assertRefused("too large", bytes(packets));
  }

  @Test
  void theLargestMacaroonFits() {
    byte[] location = new byte[Macaroon.MAX_LOCATION_LENGTH];
    MacaroonCaveat third = MacaroonCaveat.ThirdParty.of(new byte[0], new byte[90], new byte[1]);
    List<MacaroonCaveat> caveats = java.util.Collections.nCopies(Macaroon.MAX_CAVEATS, third);
    Macaroon bare = new Macaroon(location, new byte[200], caveats, new byte[32]);
    int room = Macaroon.MAX_LENGTH - bare.toByteArray().length;
    Macaroon full = new Macaroon(location, new byte[200 + room], caveats, new byte[32]);
    for (MacaroonFormat format : MacaroonFormat.values()) {
      assertArrayEquals(
          full.toByteArray(), format.decode(format.encode(full)).toByteArray(), format.name());
    }
  }

  private static void assertRefused(String what, byte[] bytes) {
    assertThrows(
        MalformedMacaroonException.class, () -> MacaroonFormat.V1.decode(bytes), () -> what);
  }

  private static byte[] bytes(String packets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String packet : packets.replace("SIG", SIGNATURE).split("\\|")) {
      String whole = String.format("%04x%s%n", packet.length() + 5, packet).replace("\r", "");
      out.writeBytes(whole.getBytes(StandardCharsets.US_ASCII));
    }
    return out.toByteArray();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
