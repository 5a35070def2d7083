// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that other implementations made come out as they say. */
class MacaroonVectorTest {
  /** The secret 00 01 .. 1f of the tokens an aperture made. */
  private static final RootKey APERTURE_KEY = RootKey.of(counting());

  private static final String APERTURE_ID =
      "0000630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd" + "aa".repeat(32);

  static Stream<VectorToken> tokens() {
    return VectorToken.all().stream();
  }

  @Test
  void thereAreTwelveTokens() {
    assertEquals(12, VectorToken.all().size());
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void decodesToWhatTheVectorSays(VectorToken token) {
    for (VectorToken.Form form : token.forms()) {
      Macaroon macaroon = Macaroon.of(form.v2());
      assertEquals(token.location(), macaroon.location());
      assertArrayEquals(token.identifier(), macaroon.identifier());
      assertEquals(form.caveats(), texts(macaroon), form.name());
      assertArrayEquals(form.signature(), macaroon.signature());
    }
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void encodesToTheSameBytes(VectorToken token) {
    for (VectorToken.Form form : token.forms()) {
      assertArrayEquals(form.v2(), Macaroon.of(form.v2()).toByteArray());
    }
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void mintsTheSameBytes(VectorToken token) {
    for (VectorToken.Form form : token.forms()) {
      Macaroon macaroon =
          Macaroon.mint(token.rootKey(), token.location(), token.identifier(), form.caveatBytes());
      assertArrayEquals(form.v2(), macaroon.toByteArray());
    }
  }

  /** A holder who adds the rest of the caveats one by one comes to the minter's signature. */
  @ParameterizedTest
  @MethodSource("tokens")
  void everyAttenuationEndsInTheVectorsSignature(VectorToken token) {
    Macaroon bare = Macaroon.mint(token.rootKey(), token.location(), token.identifier(), List.of());
    for (VectorToken.Form form : token.forms()) {
      Macaroon macaroon = bare;
      for (byte[] caveat : form.caveatBytes()) {
        macaroon = macaroon.attenuate(caveat);
        assertTrue(macaroon.verify(token.rootKey()));
      }
      assertArrayEquals(form.signature(), macaroon.signature(), form.name());
    }
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void verifiesUnderItsRootKeyAndNoOther(VectorToken token) {
    RootKey other = RootKey.random(new SecureRandom());
    for (VectorToken.Form form : token.forms()) {
      assertTrue(Macaroon.of(form.v2()).verify(token.rootKey()), form.name());
      assertFalse(Macaroon.of(form.v2()).verify(other), form.name());
    }
  }

  @Test
  void mintsWhatApertureMints() {
    byte[] id = HexFormat.of().parseHex(APERTURE_ID);
    Macaroon bare = Macaroon.mint(APERTURE_KEY, "lsat", id, List.of());
    assertEquals(
        "50228dddd192e929449125fa58afb89e2ac6a432a1a374d5cf1f071cfdfed351", signature(bare));
    Macaroon sold =
        bare.attenuate(
            bytes("services=svc:0"),
            bytes("svc_capabilities=add,subtract"),
            bytes("svc_valid_until=1893456000"));
    assertEquals(189, sold.toByteArray().length);
    assertEquals(
        "bd41a545be7e29fa5a22bfcb93d854b331ef3841c55284ba53b65c82dde3ccd0", signature(sold));
    Macaroon paid = sold.attenuate(bytes("preimage=" + HexFormat.of().formatHex(counting())));
    assertEquals(265, paid.toByteArray().length);
    assertEquals(
        "e53ba81daabf271c1179e3b48d1a0559d3bd491866cd2f8656c88564dbf099e7", signature(paid));
  }

  private static List<String> texts(Macaroon macaroon) {
    return macaroon.caveats().stream()
        .map(caveat -> new String(caveat.id(), StandardCharsets.UTF_8))
        .toList();
  }

  private static String signature(Macaroon macaroon) {
    return HexFormat.of().formatHex(macaroon.signature());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] counting() {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
