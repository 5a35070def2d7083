// SPDX-License-Identifier: Apache-2.0
package io.l402.caveat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.MilliSatoshi;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a holder adds, the token never opens anything that it did not open before.
 *
 * <p>Tokens here are such as {@link io.l402.Mint} makes: they begin with their services, and where
 * the price is computed they are bound to a resource. Of a token without them nobody could tell
 * whether a mint or a holder added them later.
 */
class AttenuationPropertyTest {
  private static final int ROUNDS = 20_000;
  private static final List<String> NAMES = List.of("a", "a_b", "b", "a/x");
  private static final CaveatChecker CHECKER =
      CaveatChecker.builder()
          .serviceNames(List.of("a", "a_b", "b"))
          .constraints(List.of("region", "volume"))
          .build();

  @ParameterizedTest
  @ValueSource(longs = {1, 20_261_101, 0x1402, 77})
  void neverWidens(long seed) {
    Random random = new Random(seed);
    int granted = 0;
    int narrowed = 0;
    for (int i = 0; i < ROUNDS; i++) {
      boolean computed = random.nextInt(4) == 0;
      List<byte[]> token = minted(random, computed);
      List<byte[]> attenuated = new ArrayList<>(token);
      attenuated.addAll(caveats(random, 1 + random.nextInt(3)));
      CaveatContext context = context(random, computed);
      boolean before = passes(token, context);
      boolean after = passes(attenuated, context);
      assertTrue(before || !after, () -> text(token) + " then " + text(attenuated));
      granted += before ? 1 : 0;
      narrowed += before && !after ? 1 : 0;
    }
    assertTrue(granted > ROUNDS / 100, "only " + granted + " were granted: the test shows little");
    assertTrue(narrowed > ROUNDS / 200, "only " + narrowed + " were narrowed");
  }

  private static boolean passes(List<byte[]> caveats, CaveatContext context) {
    return CHECKER.check(caveats, context).refusal().isEmpty();
  }

  private static CaveatContext context(Random random, boolean computed) {
    CaveatContext.Builder context =
        CaveatContext.builder(NAMES.get(random.nextInt(3)), Instant.ofEpochSecond(5))
            .minTier(random.nextInt(2))
            .resource("GET", random.nextBoolean() ? "/x" : "/y");
    if (random.nextInt(3) == 0) {
      context.requiredCapability(Optional.of("r"));
    }
    if (computed) {
      context.computedPrice(Optional.of(new MilliSatoshi(random.nextInt(8))));
    }
    return context.build();
  }

  private static List<byte[]> minted(Random random, boolean computed) {
    List<byte[]> caveats = new ArrayList<>();
    caveats.add(bytes("services=" + services(random)));
    if (computed) {
      caveats.add(bytes("l402_amount_msat=" + random.nextInt(10)));
      caveats.add(bytes("l402_resource=" + Resource.of("GET", "/x")));
    }
    caveats.addAll(caveats(random, random.nextInt(3)));
    return caveats;
  }

  private static List<byte[]> caveats(Random random, int count) {
    List<byte[]> caveats = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      caveats.add(bytes(caveat(random)));
    }
    return caveats;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(List<byte[]> caveats) {
    return caveats.stream().map(c -> new String(c, StandardCharsets.UTF_8)).toList().toString();
  }

  private static String caveat(Random random) {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    return switch (random.nextInt(12)) {
      case 0 -> "services=" + services(random);
      case 1, 2 -> name + "_valid_until=" + number(random, 12);
      case 3, 4 -> name + "_capabilities=" + List.of("", "r", "w", "r,w").get(random.nextInt(4));
      case 5 -> "l402_amount_msat=" + number(random, 10);
      case 6 -> "l402_resource=" + Resource.of("GET", random.nextBoolean() ? "/x" : "/y");
      case 7 -> "region=" + List.of("eu", "us", "7").get(random.nextInt(3));
      case 8 -> "volume=" + number(random, 4);
      case 9 -> name + "_other=1";
      case 10 -> List.of("services", "note", "l402_", "=", "").get(random.nextInt(5));
      default -> "note=" + random.nextInt();
    };
  }

  private static String number(Random random, int bound) {
    return (random.nextInt(12) == 0 ? "0" : "") + random.nextInt(bound);
  }

  private static String services(Random random) {
    List<String> entries = new ArrayList<>();
    for (String name : NAMES) {
      if (random.nextInt(3) > 0) {
        entries.add(name + ":" + random.nextInt(3));
      }
    }
    return String.join(",", entries);
  }
}
