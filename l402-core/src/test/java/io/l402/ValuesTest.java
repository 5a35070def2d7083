// SPDX-License-Identifier: Apache-2.0
package io.l402;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.l402.caveat.Caveat;
import io.l402.gate.AuthLevel;
import io.l402.gate.ServicePolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @ParameterizedTest
  @CsvSource({
    "10,10000",
    "10sat,10000",
    "2500msat,2500",
    "0,0",
    "' 7 ',7000",
    "10000000000000sat,10000000000000000"
  })
  void readsAmounts(String text, long msat) {
    assertEquals(msat, MilliSatoshi.parse(text).msat());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "+1",
        "1.5",
        "1e3",
        "01",
        "10000000000001",
        "1btc",
        "sat",
        "\u0661",
        "99999999999999999999"
      })
  void refusesOtherAmounts(String text) {
    assertThrows(IllegalArgumentException.class, () -> MilliSatoshi.parse(text));
  }

  @Test
  void roundsAmountsUpToSatoshi() {
    assertEquals(2, new MilliSatoshi(1_001).toSatRoundedUp());
    assertEquals(1, new MilliSatoshi(1_000).toSatRoundedUp());
    assertEquals("1001msat", new MilliSatoshi(1_001).toString());
    assertEquals("1sat", new MilliSatoshi(1_000).toString());
  }

  @Test
  void identifiersAreExactly66BytesOfVersion0() {
    byte[] bytes = HexFormat.of().parseHex("0000" + "11".repeat(32) + "22".repeat(32));
    L402Identifier identifier = L402Identifier.of(bytes);
    assertEquals("11".repeat(32), identifier.paymentHash().toHex());
    assertEquals("22".repeat(32), identifier.tokenId().toHex());
    assertArrayEquals(bytes, identifier.toByteArray());
    for (int length : new int[] {0, 3, 65, 67}) {
      byte[] wrong = new byte[length];
      assertThrows(MalformedCredentialException.class, () -> L402Identifier.of(wrong));
    }
    bytes[1] = 1;
    assertThrows(MalformedCredentialException.class, () -> L402Identifier.of(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "ON", "true", "off", "False", "freebie 3", "freebie  65535"})
  void readsAuthLevels(String word) {
    assertEquals(AuthLevel.parse(word), AuthLevel.parse(AuthLevel.parse(word).toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "onn",
        "yes",
        "freebie",
        "freebie 0",
        "freebie -1",
        "freebie5",
        "freebie 65536",
        "freebie x"
      })
  void refusesUnknownAuthWords(String word) {
    assertThrows(IllegalArgumentException.class, () -> AuthLevel.parse(word));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a b", "a:b", "a,b", "a/b", "\u00e4"})
  void refusesServiceNames(String name) {
    assertThrows(IllegalArgumentException.class, () -> new Service(name, 0));
  }

  @Test
  void policiesReportAllFaults() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                ServicePolicy.builder("a b")
                    .tier(1)
                    .minTier(2)
                    .timeout(Duration.ofSeconds(59))
                    .capabilities(List.of("x"))
                    .requiredCapability("y")
                    .constraints(Map.of("c=d", "1"))
                    .build());
    for (String part : List.of("name", "mintier", "timeout", "requirecapability", "constraints")) {
      assertEquals(true, refused.getMessage().contains(part), part);
    }
  }

  @Test
  void caveatsSplitAtTheFirstEqualsSign() {
    assertEquals(Optional.of(new Caveat("a", "b=c")), caveat("a=b=c"));
    assertEquals(Optional.of(new Caveat("a", "")), caveat("a="));
    assertEquals(Optional.of(new Caveat(" a ", " b ")), caveat(" a = b "));
    assertEquals(Optional.empty(), caveat("a"));
    assertEquals(Optional.empty(), caveat("=a"));
    assertEquals(Optional.empty(), Caveat.of(new byte[] {'a', '=', (byte) 0x80}));
  }

  private static Optional<Caveat> caveat(String text) {
    return Caveat.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
