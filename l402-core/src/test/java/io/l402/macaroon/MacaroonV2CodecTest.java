// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.macaroon.MacaroonCaveat.ThirdParty;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MacaroonV2CodecTest {
  private static final String SIGNATURE = "0620" + "5a".repeat(32);

  @ParameterizedTest
  @CsvSource({
    "minimal, 02 020169 00 00 SIG",
    "location, 02 01016c 020169 00 00 SIG",
    "empty identifier, 02 0200 00 00 SIG",
    "caveat, 02 020169 00 020163 00 00 SIG",
    "empty caveat, 02 020169 00 0200 00 00 SIG",
    "third party, 02 020169 00 020163 040176 00 00 SIG",
    "third party with location, 02 020169 00 01016c 020163 040176 00 00 SIG",
  })
  void readsAndWritesTheSameBytes(String what, String hex) {
    assertArrayEquals(bytes(hex), Macaroon.of(bytes(hex)).toByteArray(), what);
  }

  @ParameterizedTest
  @CsvSource({
    "nothing, ''",
    "version 1, 01 020169 00 00 SIG",
    "version alone, 02",
    "no identifier, 02 01016c 00 00 SIG",
    "location after identifier, 02 020169 01016c 00 00 SIG",
    "location twice, 02 01016c 01016c 020169 00 00 SIG",
    "identifier twice, 02 020169 020169 00 00 SIG",
    "empty location, 02 0100 020169 00 00 SIG",
    "verification id in the head, 02 020169 040176 00 00 SIG",
    "unknown field 3, 02 020169 03016a 00 00 SIG",
    "unknown field 5 in a caveat, 02 020169 00 020163 05016a 00 00 SIG",
    "location on a first-party caveat, 02 020169 00 01016c 020163 00 00 SIG",
    "empty location on a third-party caveat, 02 020169 00 0100 020163 040176 00 00 SIG",
    "empty verification id, 02 020169 00 020163 0400 00 00 SIG",
    "verification id before the caveat id, 02 020169 00 040176 020163 00 00 SIG",
    "caveat without id, 02 020169 00 01016c 040176 00 00 SIG",
    "no end of the caveats, 02 020169 00 SIG",
    "no end of a caveat, 02 020169 00 020163 00 SIG",
    "no signature, 02 020169 00 00",
    "short signature, 02 020169 00 00 06015a",
    "empty signature, 02 020169 00 00 0600",
    "cut signature, 02 020169 00 00 06205a5a",
    "a byte after the end, 02 020169 00 00 SIG 00",
    "a length of two bytes that fits in one, 02 02810069 00 00 SIG",
    "a length of five bytes that fits in one, 02 0281808080006900 00 SIG",
    "a length of six bytes, 02 02818080808000 69 00 00 SIG",
    "a length beyond the end, 02 027f69 00 00 SIG",
    "a length of 2^31, 02 028080808008 69 00 00 SIG",
    "a length of 2^35 - 1, 02 02ffffffff7f 69 00 00 SIG",
    "a length that never ends, 02 02ffffffffff",
    "a length that is cut, 02 0280",
  })
  void refuses(String what, String hex) {
    assertThrows(MalformedMacaroonException.class, () -> Macaroon.of(bytes(hex)), what);
  }

  /** The first token of the specification's own tag table, in which the numbers are wrong. */
  @Test
  void refusesTheTagTableOfTheSpecification() {
    String wrong =
        "02 06046c736174 0242"
            + "00".repeat(66)
            + " 00 010e73657276696365733d6170693a30 0400 00 00 "
            + "0620"
            + "5a".repeat(32)
            + " 00";
    assertThrows(MalformedMacaroonException.class, () -> Macaroon.of(bytes(wrong)));
    String rightLocation = wrong.replace("0206046c", "0201046c");
    assertThrows(MalformedMacaroonException.class, () -> Macaroon.of(bytes(rightLocation)));
    String onlyTheLastByte = "02 020169 00 00 SIG 00";
    assertThrows(MalformedMacaroonException.class, () -> Macaroon.of(bytes(onlyTheLastByte)));
    String emptyVerificationId = "02 020169 00 020163 0400 00 00 SIG";
    assertThrows(MalformedMacaroonException.class, () -> Macaroon.of(bytes(emptyVerificationId)));
  }

  @Test
  void refusesEveryPrefix() {
    byte[] whole = bytes("02 01016c 020169 00 01016c 020163 040176 00 00 SIG");
    for (int length = 0; length < whole.length; length++) {
      byte[] prefix = Arrays.copyOf(whole, length);
      assertThrows(MalformedMacaroonException.class, () -> Macaroon.of(prefix));
    }
  }

  @ParameterizedTest
  @CsvSource({"256, 1, 1, 66", "0, 32, 1, 66", "0, 1, 1024, 66", "0, 0, 0, 4056"})
  void readsUpToTheBounds(int location, int caveats, int caveat, int identifier) {
    byte[] bytes = hex(location, caveats, caveat, identifier);
    assertArrayEquals(bytes, Macaroon.of(bytes).toByteArray());
  }

  @ParameterizedTest
  @CsvSource({"257, 1, 1, 66", "0, 33, 1, 66", "0, 1, 1025, 66", "0, 0, 0, 4057"})
  void refusesBeyondTheBounds(int location, int caveats, int caveat, int identifier) {
    byte[] bytes = hex(location, caveats, caveat, identifier);
    assertThrows(MalformedMacaroonException.class, () -> Macaroon.of(bytes));
  }

  private static byte[] hex(int location, int caveats, int caveat, int identifier) {
    String where = location == 0 ? "" : "01" + varint(location) + "6c".repeat(location);
    String group = "02" + varint(caveat) + "63".repeat(caveat) + "00";
    String id = "02" + varint(identifier) + "69".repeat(identifier);
    return bytes("02" + where + id + "00" + group.repeat(caveats) + "00" + "SIG");
  }

  private static String varint(int value) {
    return value < 0x80
        ? String.format("%02x", value)
        : String.format("%02x%02x", value & 0x7f | 0x80, value >> 7);
  }

  @Test
  void carriesAThirdPartyCaveatAndDoesNotVerifyIt() {
    RootKey rootKey = new RandomMacaroons(1).rootKey();
    byte[] id = {1};
    Macaroon bare = Macaroon.mint(rootKey, "", id, java.util.List.of());
    ThirdParty third = ThirdParty.of(id, new byte[72], new byte[0]);
    Macaroon carried = new Macaroon(new byte[0], id, java.util.List.of(third), bare.signature());
    assertTrue(bare.verify(rootKey));
    assertFalse(Macaroon.of(carried.toByteArray()).verify(rootKey));
    assertEquals(carried, Macaroon.of(carried.toByteArray()));
  }

  @Test
  void theMessageSaysWhereAndHoldsNothingOfTheSignature() {
    byte[] bytes = bytes("02 020169 00 00 SIG 00");
    String message =
        assertThrows(MalformedMacaroonException.class, () -> Macaroon.of(bytes)).getMessage();
    assertEquals("macaroon v2 at offset 40: 1 bytes after the end", message);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace("SIG", SIGNATURE).replace(" ", ""));
  }
}
