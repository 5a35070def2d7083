// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must hold for every macaroon, tried on many. */
class MacaroonPropertyTest {
  private final RandomMacaroons random = new RandomMacaroons(RandomMacaroons.SEED);

  @ParameterizedTest
  @EnumSource(MacaroonFormat.class)
  void whatIsWrittenReadsBackAsTheSame(MacaroonFormat format) {
    for (int i = 0; i < 3_000; i++) {
      Macaroon macaroon = random.any();
      byte[] written = format.encode(macaroon);
      Macaroon read = format.decode(written);
      assertEquals(macaroon, read);
      assertArrayEquals(written, format.encode(read));
    }
  }

  @ParameterizedTest
  @EnumSource(MacaroonFormat.class)
  void everyFormVerifiesAlike(MacaroonFormat format) {
    for (int i = 0; i < 300; i++) {
      RootKey rootKey = random.rootKey();
      Macaroon macaroon = format.decode(format.encode(random.minted(rootKey)));
      assertTrue(macaroon.verify(rootKey));
    }
  }

  /** Every single change of a byte to any of its 255 other values would take long: one a byte. */
  @ParameterizedTest
  @EnumSource(
      value = MacaroonFormat.class,
      names = {"V1", "V2"})
  void noChangedInsertedOrRemovedByteVerifies(MacaroonFormat format) {
    for (int i = 0; i < 40; i++) {
      RootKey rootKey = random.rootKey();
      Macaroon macaroon = random.minted(rootKey);
      byte[] bytes = format.encode(macaroon);
      for (int at = locationEnd(format, macaroon); at < bytes.length; at++) {
        byte[] changed = bytes.clone();
        changed[at] ^= (byte) (1 + random.below(255));
        assertFalse(verifies(format, changed, rootKey));
        assertFalse(verifies(format, splice(bytes, at, at + 1, new byte[0]), rootKey));
        assertFalse(verifies(format, splice(bytes, at, at, random.bytes(1)), rootKey));
      }
    }
  }

  @Test
  void noSingleBitOfAnL402TokenCanChange() {
    RootKey rootKey = random.rootKey();
    byte[] id = random.bytes(66);
    List<byte[]> caveats = List.of("services=api:0".getBytes(), "api_valid_until=9".getBytes());
    Macaroon macaroon = Macaroon.mint(rootKey, "lsat", id, caveats);
    byte[] bytes = macaroon.toByteArray();
    for (int bit = 8 * locationEnd(MacaroonFormat.V2, macaroon); bit < 8 * bytes.length; bit++) {
      byte[] changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertFalse(verifies(MacaroonFormat.V2, changed, rootKey), "bit " + bit);
    }
  }

  @Test
  void noInsertedRemovedOrReorderedCaveatVerifies() {
    for (int i = 0; i < 500; i++) {
      RootKey rootKey = random.rootKey();
      Macaroon macaroon = random.minted(rootKey);
      for (int at = 0; at < macaroon.caveats().size(); at++) {
        List<MacaroonCaveat> removed = new ArrayList<>(macaroon.caveats());
        MacaroonCaveat caveat = removed.remove(at);
        assertFalse(with(macaroon, removed).verify(rootKey));
        List<MacaroonCaveat> twice = new ArrayList<>(macaroon.caveats());
        twice.add(random.below(twice.size() + 1), caveat);
        assertFalse(with(macaroon, twice).verify(rootKey));
      }
      List<MacaroonCaveat> shuffled = new ArrayList<>(macaroon.caveats());
      Collections.reverse(shuffled);
      assertEquals(shuffled.equals(macaroon.caveats()), with(macaroon, shuffled).verify(rootKey));
    }
  }

  @Test
  void noLocationChangesTheVerdict() {
    for (int i = 0; i < 500; i++) {
      RootKey rootKey = random.rootKey();
      Macaroon macaroon = random.minted(rootKey);
      byte[] location = random.bytes(random.below(Macaroon.MAX_LOCATION_LENGTH + 1));
      byte[] signature = i % 2 == 0 ? macaroon.signature() : random.bytes(32);
      Macaroon moved = new Macaroon(location, macaroon.identifier(), macaroon.caveats(), signature);
      assertEquals(i % 2 == 0, verifies(MacaroonFormat.V2, moved.toByteArray(), rootKey));
      assertEquals(
          i % 2 == 0, MacaroonFormat.V1.decode(MacaroonFormat.V1.encode(moved)).verify(rootKey));
    }
  }

  /** Whoever holds a token can only add to it, and it still verifies. */
  @Test
  void attenuationKeepsWhatWasThere() {
    for (int i = 0; i < 500; i++) {
      RootKey rootKey = random.rootKey();
      Macaroon macaroon = random.minted(rootKey);
      Macaroon attenuated = macaroon.attenuate(random.bytes(9), random.bytes(3));
      int before = macaroon.caveats().size();
      assertEquals(macaroon.caveats(), attenuated.caveats().subList(0, before));
      assertEquals(before + 2, attenuated.caveats().size());
      assertTrue(attenuated.verify(rootKey));
    }
  }

  private static Macaroon with(Macaroon macaroon, List<MacaroonCaveat> caveats) {
    return new Macaroon(
        macaroon.rawLocation(), macaroon.rawIdentifier(), caveats, macaroon.rawSignature());
  }

  private static boolean verifies(MacaroonFormat format, byte[] bytes, RootKey rootKey) {
    try {
      return format.decode(bytes).verify(rootKey);
    } catch (MalformedMacaroonException e) {
      return false;
    }
  }

  private static int locationEnd(MacaroonFormat format, Macaroon macaroon) {
    int location = macaroon.rawLocation().length;
    int overhead = format == MacaroonFormat.V1 ? 14 : location == 0 ? 1 : 3;
    return overhead + location;
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] middle) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(Arrays.copyOf(bytes, from));
    out.writeBytes(middle);
    out.writeBytes(Arrays.copyOfRange(bytes, to, bytes.length));
    return out.toByteArray();
  }
}
