// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class MacaroonTest {
  private final RandomMacaroons random = new RandomMacaroons(RandomMacaroons.SEED);
  private final RootKey rootKey = random.rootKey();

  @Test
  void nothingThatIsHandedInOrOutCanChangeIt() {
    byte[] id = random.bytes(66);
    byte[] caveat = random.bytes(9);
    Macaroon macaroon = Macaroon.mint(rootKey, "lsat", id, List.of(caveat));
    byte[] before = macaroon.toByteArray();
    byte[] read = before.clone();
    Macaroon decoded = Macaroon.of(read);
    for (byte[] array : List.of(id, caveat, read, macaroon.identifier(), macaroon.signature())) {
      Arrays.fill(array, (byte) 1);
    }
    Arrays.fill(macaroon.caveats().get(0).id(), (byte) 1);
    assertEquals(macaroon, decoded);
    assertEquals(HexFormat.of().formatHex(before), HexFormat.of().formatHex(decoded.toByteArray()));
    assertThrows(UnsupportedOperationException.class, () -> macaroon.caveats().clear());
  }

  @Test
  void refusesToMintWhatItWouldNotRead() {
    byte[] id = random.bytes(66);
    assertBound("location", () -> Macaroon.mint(rootKey, "l".repeat(257), id, List.of()));
    assertBound("caveat", () -> Macaroon.mint(rootKey, "", id, List.of(new byte[1_025])));
    List<byte[]> many = Collections.nCopies(33, new byte[1]);
    assertBound("caveats", () -> Macaroon.mint(rootKey, "", id, many));
    assertBound("macaroon", () -> Macaroon.mint(rootKey, "", new byte[4_057], List.of()));
  }

  @Test
  void refusesToAttenuateBeyondTheBounds() {
    List<byte[]> full = Collections.nCopies(32, new byte[1]);
    Macaroon macaroon = Macaroon.mint(rootKey, "", random.bytes(66), full);
    assertTrue(Macaroon.of(macaroon.toByteArray()).verify(rootKey));
    assertBound("caveats", () -> macaroon.attenuate(new byte[1]));
  }

  private static void assertBound(String what, Runnable work) {
    String message = assertThrows(IllegalArgumentException.class, work::run).getMessage();
    assertTrue(message.startsWith("macaroon: " + what + ": found "), message);
  }

  @Test
  void neverPrintsTheSignatureNorTheRootKey() {
    Macaroon macaroon = Macaroon.mint(rootKey, "lsat", random.bytes(66), List.of(new byte[3]));
    assertEquals("Macaroon[66 byte identifier, 1 caveats]", macaroon.toString());
    assertEquals("RootKey(redacted)", rootKey.toString());
    assertEquals("[FirstParty(3 bytes)]", macaroon.caveats().toString());
  }

  @Test
  void rootKeysAreEqualByTheirBytesAndHashAlike() {
    RootKey same = RootKey.of(rootKey.toByteArray());
    RootKey other = random.rootKey();
    assertEquals(rootKey, same);
    assertNotEquals(rootKey, other);
    assertEquals(rootKey.hashCode(), other.hashCode());
    assertThrows(IllegalArgumentException.class, () -> RootKey.of(new byte[31]));
  }

  @Test
  void macaroonsThatDifferAnywhereAreNotEqual() {
    byte[] id = random.bytes(66);
    Macaroon macaroon = Macaroon.mint(rootKey, "a", id, List.of());
    assertEquals(macaroon, Macaroon.mint(rootKey, "a", id, List.of()));
    assertNotEquals(macaroon, Macaroon.mint(rootKey, "b", id, List.of()));
    assertNotEquals(macaroon, Macaroon.mint(random.rootKey(), "a", id, List.of()));
    assertNotEquals(macaroon, macaroon.attenuate(new byte[1]));
    assertFalse(macaroon.attenuate(new byte[1]).verify(random.rootKey()));
  }
}
