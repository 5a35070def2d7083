// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import io.l402.macaroon.MacaroonCaveat.FirstParty;
import io.l402.macaroon.MacaroonCaveat.ThirdParty;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Macaroons of every shape within the bounds, the same for the same seed. */
final class RandomMacaroons {
  static final long SEED = 402;

  private final Random random;

  RandomMacaroons(long seed) {
    this.random = new Random(seed);
  }

  RootKey rootKey() {
    return RootKey.of(bytes(RootKey.LENGTH));
  }

  /** Verifies under {@code rootKey}. */
  Macaroon minted(RootKey rootKey) {
    List<byte[]> caveats = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      caveats.add(some(60));
    }
    return Macaroon.mint(rootKey, text(12), bytes(66), caveats);
  }

  /** With third parties, empty and long parts, text and bytes; verifies under nothing. */
  Macaroon any() {
    List<MacaroonCaveat> caveats = new ArrayList<>();
    int count = random.nextInt(10) == 0 ? Macaroon.MAX_CAVEATS : random.nextInt(6);
    for (int i = 0; i < count; i++) {
      caveats.add(caveat());
    }
    byte[] location = text(20).getBytes(StandardCharsets.UTF_8);
    return new Macaroon(location, some(200), caveats, bytes(32));
  }

  private MacaroonCaveat caveat() {
    if (random.nextInt(3) > 0) {
      return FirstParty.of(some(60));
    }
    byte[] location = text(10).getBytes(StandardCharsets.UTF_8);
    return ThirdParty.of(some(20), bytes(1 + random.nextInt(40)), location);
  }

  /** Bytes, or the bytes of some text. */
  private byte[] some(int atMost) {
    boolean asText = random.nextBoolean();
    return asText
        ? text(atMost / 4).getBytes(StandardCharsets.UTF_8)
        : bytes(random.nextInt(atMost));
  }

  private String text(int atMost) {
    String alphabet = "az09=,:\"\\\0\n\u007f\u00e9\u2028\ud83d\udd11";
    int[] points = alphabet.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(atMost + 1); i > 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }
}
