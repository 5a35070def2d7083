// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SettlementWindowTest {
  private final SettlementWindow window = new SettlementWindow(0);

  @Test
  void movesWithSettlementsInOrder() {
    for (long index = 1; index <= 1000; index++) {
      assertTrue(window.add(index));
      assertEquals(index, window.watermark());
    }
  }

  @Test
  void staysBeforeOneThatIsMissing() {
    window.add(1);
    window.add(3);
    window.add(4);
    assertEquals(1, window.watermark());
    window.add(2);
    assertEquals(4, window.watermark());
  }

  @Test
  void knowsWhatItHasSeen() {
    window.add(1);
    window.add(3);
    assertFalse(window.add(1));
    assertFalse(window.add(3));
    assertTrue(window.add(2));
    assertFalse(window.add(2));
  }

  @Test
  void goesOnFromAWatermark() {
    SettlementWindow resumed = new SettlementWindow(41);
    assertFalse(resumed.add(41));
    assertTrue(resumed.add(42));
    assertEquals(42, resumed.watermark());
  }

  /** Numbers that AMP payments took never come. */
  @Test
  void getsOverGapsOnceNothingCanComeFromBelow() {
    window.add(1);
    window.add(3);
    window.add(7);
    window.endGaps();
    assertEquals(7, window.watermark());
    window.endGaps();
    assertEquals(7, window.watermark());
    assertTrue(window.add(8));
    assertEquals(8, window.watermark());
  }

  /** What was given up is still told if it comes, and once. */
  @Test
  void takesWhatComesFromAGapThatWasGivenUp() {
    window.add(3);
    window.endGaps();
    assertTrue(window.add(2));
    assertFalse(window.add(2));
    assertFalse(window.add(3));
    assertTrue(window.add(1));
    assertEquals(3, window.watermark());
  }

  @Test
  void giveUpOfAHugeGapIsBounded() {
    window.add(10_000_000);
    window.endGaps();
    assertEquals(10_000_000, window.watermark());
    assertTrue(window.add(1000));
    assertFalse(window.add(1001), "only so many are remembered");
  }

  @Test
  void tellsWhatIsTooFarAheadWithoutRememberingIt() {
    long far = 1L << 40;
    assertTrue(window.add(far));
    assertTrue(window.add(far));
    assertTrue(window.add(1));
    assertEquals(1, window.watermark());
  }

  @Test
  void neverOvertakesWhatIsMissingWhateverTheOrder() {
    Random random = new Random(402);
    for (int round = 0; round < 200; round++) {
      List<Long> order = new ArrayList<>(LongStream.rangeClosed(1, 60).boxed().toList());
      Collections.shuffle(order, random);
      SettlementWindow any = new SettlementWindow(0);
      Set<Long> seen = new HashSet<>();
      for (long index : order) {
        assertEquals(seen.add(index), any.add(index));
        long complete =
            LongStream.iterate(1, i -> i + 1).filter(i -> !seen.contains(i)).findFirst().getAsLong()
                - 1;
        assertEquals(complete, any.watermark());
      }
    }
  }
}
