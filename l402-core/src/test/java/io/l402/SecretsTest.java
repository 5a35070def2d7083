// SPDX-License-Identifier: Apache-2.0
package io.l402;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.l402.bolt11.NodeKey;
import io.l402.caveat.Caveat;
import io.l402.gate.AccessRequest;
import io.l402.gate.ServicePolicy;
import io.l402.lightning.BackendSettings;
import io.l402.macaroon.Macaroon;
import io.l402.macaroon.RootKey;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No type that holds a secret prints it, in hex, base64 or as a list of bytes. */
class SecretsTest {
  private static final byte[] SECRET = HexFormat.of().parseHex("7e".repeat(31) + "5b");
  private static final String HEX = HexFormat.of().formatHex(SECRET);

  /** A value and what it must not print. */
  record Holder(String type, Object value, byte[] secret) {
    @Override
    public String toString() {
      return type;
    }
  }

  static List<Holder> holders() {
    Preimage preimage = Preimage.of(SECRET);
    L402Identifier identifier =
        new L402Identifier(preimage.paymentHash(), TokenId.of(new byte[32]));
    Macaroon macaroon =
        Macaroon.mint(RootKey.of(SECRET), "lsat", identifier.toByteArray(), List.of());
    AccessRequest request =
        AccessRequest.of(
            ServicePolicy.builder("api").build(),
            "GET",
            "/",
            name -> List.of("L402 x:" + HEX),
            InetAddress.getLoopbackAddress());
    return List.of(
        new Holder("Preimage", preimage, SECRET),
        new Holder("RootKey", RootKey.of(SECRET), SECRET),
        new Holder("NodeKey", NodeKey.of(SECRET), SECRET),
        new Holder("Caveat", new Caveat("preimage", HEX), SECRET),
        new Holder("Macaroon", macaroon, macaroon.signature()),
        new Holder("L402Credential", L402Credential.of(List.of(macaroon), preimage), SECRET),
        new Holder("AccessRequest", request, SECRET),
        new Holder("BackendSettings", BackendSettings.of(Map.of("macaroon", HEX)), SECRET));
  }

  @ParameterizedTest
  @MethodSource("holders")
  void doNotPrint(Holder holder) {
    String printed = holder.value().toString().toLowerCase(java.util.Locale.ROOT);
    assertFalse(printed.contains(HexFormat.of().formatHex(holder.secret())), printed);
    String base64 = Base64.getEncoder().encodeToString(holder.secret());
    assertFalse(printed.contains(base64.toLowerCase(java.util.Locale.ROOT)), printed);
    assertFalse(printed.contains(Arrays.toString(holder.secret())), printed);
  }

  @Test
  void areEqualByValue() {
    byte[] other = SECRET.clone();
    other[31]++;
    assertEquals(Preimage.of(SECRET), Preimage.ofHex(HEX));
    assertNotEquals(Preimage.of(SECRET), Preimage.of(other));
    assertEquals(RootKey.of(SECRET), RootKey.of(SECRET));
    assertNotEquals(RootKey.of(SECRET), RootKey.of(other));
  }

  @Test
  void areCopiedInAndOut() {
    byte[] bytes = SECRET.clone();
    Preimage preimage = Preimage.of(bytes);
    RootKey key = RootKey.of(bytes);
    Arrays.fill(bytes, (byte) 0);
    Arrays.fill(preimage.toByteArray(), (byte) 0);
    Arrays.fill(key.toByteArray(), (byte) 0);
    assertEquals(HEX, preimage.toHex());
    assertEquals(RootKey.of(SECRET), key);
  }

  @Test
  void messagesOfRefusedSecretsDoNotRepeatThem() {
    for (String bad : List.of(HEX + "00", HEX.substring(1) + "g")) {
      IllegalArgumentException refused =
          org.junit.jupiter.api.Assertions.assertThrows(
              IllegalArgumentException.class, () -> Preimage.ofHex(bad));
      assertFalse(refused.getMessage().contains(HEX.substring(1, 30)), refused.getMessage());
    }
  }
}
