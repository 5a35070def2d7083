// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.nitram509.jmacaroons.CaveatPacket;
import com.github.nitram509.jmacaroons.MacaroonsBuilder;
import com.github.nitram509.jmacaroons.MacaroonsSerializer;
import com.github.nitram509.jmacaroons.MacaroonsVerifier;
import io.l402.macaroon.MacaroonCaveat.FirstParty;
import io.l402.macaroon.MacaroonCaveat.ThirdParty;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * jmacaroons agrees with us wherever it can represent the macaroon; the last tests show the two
 * things it cannot do, which are why it is not what we verify with.
 */
class JmacaroonsOracleTest {
  private static final String LOCATION = "https://example.com";

  private final RandomMacaroons random = new RandomMacaroons(RandomMacaroons.SEED);

  @Test
  void signaturesAreEqual() {
    for (int i = 0; i < 200; i++) {
      RootKey rootKey = random.rootKey();
      List<String> caveats = caveats();
      String id = text("id");
      assertEquals(
          theirs(rootKey, id, caveats).signature,
          HexFormat.of().formatHex(ours(rootKey, id, caveats).signature()));
    }
  }

  @Test
  void weReadWhatItWrites() {
    for (int i = 0; i < 200; i++) {
      RootKey rootKey = random.rootKey();
      List<String> caveats = caveats();
      var theirs = theirs(rootKey, text("id"), caveats);
      Macaroon expected = ours(rootKey, theirs.identifier, caveats);
      assertEquals(expected, MacaroonFormat.V1.decode(v1(theirs)));
      assertEquals(expected, MacaroonFormat.V2.decode(v2(theirs)));
      assertTrue(MacaroonFormat.V2.decode(v2(theirs)).verify(rootKey));
    }
  }

  @Test
  void weWriteTheBytesThatItWrites() {
    for (int i = 0; i < 200; i++) {
      RootKey rootKey = random.rootKey();
      List<String> caveats = caveats();
      var theirs = theirs(rootKey, text("id"), caveats);
      Macaroon ours = ours(rootKey, theirs.identifier, caveats);
      assertArrayEquals(v1(theirs), MacaroonFormat.V1.encode(ours));
      assertArrayEquals(v2(theirs), MacaroonFormat.V2.encode(ours));
    }
  }

  @Test
  void itReadsAndVerifiesWhatWeWrite() {
    for (int i = 0; i < 200; i++) {
      RootKey rootKey = random.rootKey();
      List<String> caveats = caveats();
      Macaroon ours = ours(rootKey, text("id"), caveats);
      assertTrue(itVerifies(readV1(MacaroonFormat.V1.encode(ours)), rootKey, caveats));
      assertTrue(itVerifies(readV2(ours.toByteArray()), rootKey, caveats));
      assertFalse(itVerifies(readV2(ours.toByteArray()), random.rootKey(), caveats));
    }
  }

  @Test
  void weCarryItsThirdPartyCaveatsAndRefuseThem() {
    for (int i = 0; i < 50; i++) {
      RootKey rootKey = random.rootKey();
      var theirs =
          com.github.nitram509.jmacaroons.Macaroon.builder(
                  LOCATION, rootKey.toByteArray(), text("id"))
              .addCaveat("services=api:0")
              .addCaveat("https://auth.example", text("secret"), text("user"))
              .addCaveat("note=after")
              .build();
      Macaroon ours = MacaroonFormat.V2.decode(v2(theirs));
      assertEquals(ours, MacaroonFormat.V1.decode(v1(theirs)));
      assertTrue(
          ours.caveats().get(1) instanceof ThirdParty third && third.verificationId().length == 72);
      assertArrayEquals(v2(theirs), ours.toByteArray());
      assertArrayEquals(v1(theirs), MacaroonFormat.V1.encode(ours));
      assertFalse(ours.verify(rootKey));
    }
  }

  /** First thing it cannot do: an L402 identifier is 66 binary bytes, its identifier is text. */
  @Test
  void itCannotCarryABinaryIdentifierAndWeCan() {
    for (int i = 0; i < 200; i++) {
      RootKey rootKey = random.rootKey();
      byte[] id = random.bytes(66);
      id[0] = 0;
      id[1] = 0;
      id[2] = (byte) 0xff;
      Macaroon ours = Macaroon.mint(rootKey, LOCATION, id, List.of());
      var theirs = readV2(ours.toByteArray());
      assertFalse(Arrays.equals(id, theirs.identifier.getBytes(StandardCharsets.UTF_8)));
      assertFalse(new MacaroonsVerifier(theirs).isValid(rootKey.toByteArray()));
      assertFalse(Arrays.equals(ours.toByteArray(), v2(theirs)));
      assertTrue(Macaroon.of(ours.toByteArray()).verify(rootKey));
    }
  }

  /** Second thing: it leaves a caveat that nobody signed out of the chain, and calls it valid. */
  @Test
  void itLetsAnUnsignedCaveatInAndWeDoNot() {
    RootKey rootKey = random.rootKey();
    Macaroon sold = ours(rootKey, "id", List.of("services=cheap:0"));
    for (int at = 0; at <= 1; at++) {
      List<MacaroonCaveat> caveats = new ArrayList<>(sold.caveats());
      caveats.add(at, FirstParty.of("services=expensive:9".getBytes(StandardCharsets.UTF_8)));
      Macaroon forged =
          new Macaroon(sold.rawLocation(), sold.identifier(), caveats, sold.signature());
      assertNotEquals(sold, forged);
      var theirs = readV2(forged.toByteArray());
      assertTrue(itVerifies(theirs, rootKey, List.of("services=cheap:0")));
      assertTrue(
          Arrays.stream(theirs.caveatPackets)
              .map(CaveatPacket::getValueAsText)
              .anyMatch("services=expensive:9"::equals));
      assertFalse(Macaroon.of(forged.toByteArray()).verify(rootKey));
    }
  }

  private static Macaroon ours(RootKey rootKey, String id, List<String> caveats) {
    List<byte[]> bytes = caveats.stream().map(c -> c.getBytes(StandardCharsets.US_ASCII)).toList();
    return Macaroon.mint(rootKey, LOCATION, id.getBytes(StandardCharsets.US_ASCII), bytes);
  }

  private static com.github.nitram509.jmacaroons.Macaroon theirs(
      RootKey rootKey, String id, List<String> caveats) {
    MacaroonsBuilder builder =
        com.github.nitram509.jmacaroons.Macaroon.builder(LOCATION, rootKey.toByteArray(), id);
    caveats.forEach(builder::addCaveat);
    return builder.build();
  }

  private static boolean itVerifies(
      com.github.nitram509.jmacaroons.Macaroon theirs, RootKey rootKey, List<String> caveats) {
    MacaroonsVerifier verifier = new MacaroonsVerifier(theirs);
    caveats.forEach(verifier::satisfyExact);
    return verifier.isValid(rootKey.toByteArray());
  }

  private static byte[] v1(com.github.nitram509.jmacaroons.Macaroon theirs) {
    return Base64.getUrlDecoder().decode(theirs.serialize(MacaroonsSerializer.V1));
  }

  private static byte[] v2(com.github.nitram509.jmacaroons.Macaroon theirs) {
    return Base64.getUrlDecoder().decode(theirs.serialize(MacaroonsSerializer.V2));
  }

  private static com.github.nitram509.jmacaroons.Macaroon readV1(byte[] bytes) {
    return com.github.nitram509.jmacaroons.Macaroon.deserialize(url(bytes), MacaroonsSerializer.V1);
  }

  private static com.github.nitram509.jmacaroons.Macaroon readV2(byte[] bytes) {
    return com.github.nitram509.jmacaroons.Macaroon.deserialize(url(bytes), MacaroonsSerializer.V2);
  }

  private static String url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private List<String> caveats() {
    List<String> caveats = new ArrayList<>();
    for (int i = random.below(5); i > 0; i--) {
      caveats.add(text("caveat") + "=" + text("value"));
    }
    return caveats;
  }

  private String text(String start) {
    return start + HexFormat.of().formatHex(random.bytes(random.below(20)));
  }
}
