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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettlementWindowTest {
  private static final long NOW = 1_800_000_000;

  private final SettlementWindow window = new SettlementWindow(0);

  @Test
  void movesWithSettlementsInOrder() {
    for (long index = 1; index <= 1000; index++) {
      assertTrue(window.add(index, NOW + index));
      assertEquals(index, window.watermark());
    }
  }

  @Test
  void staysBeforeOneThatIsMissing() {
    window.add(1, NOW);
    window.add(3, NOW + 2);
    window.add(4, NOW + 3);
    assertEquals(1, window.watermark());
    window.add(2, NOW + 1);
    assertEquals(4, window.watermark());
  }

  @Test
  void knowsWhatItHasSeen() {
    window.add(1, NOW);
    window.add(3, NOW);
    assertFalse(window.add(1, NOW));
    assertFalse(window.add(3, NOW));
    assertTrue(window.add(2, NOW));
    assertFalse(window.add(2, NOW));
  }

  @Test
  void goesOnFromAWatermark() {
    SettlementWindow resumed = new SettlementWindow(41);
    assertFalse(resumed.add(41, NOW));
    assertTrue(resumed.add(42, NOW));
    assertEquals(42, resumed.watermark());
  }

  /** A number that an AMP payment took never comes; a payment made much later proves it. */
  @Test
  void closesAGapWhenAnInvoiceComesThatWasMadeAfterIt() {
    window.add(1, NOW);
    window.add(3, NOW + 10);
    window.passed(NOW + 10 + 60);
    assertEquals(1, window.watermark(), "as late as the slack allows");
    window.passed(NOW + 10 + 61);
    assertEquals(3, window.watermark());
  }

  @Test
  void closesGapsOneAfterTheOther() {
    window.add(2, NOW);
    window.add(4, NOW + 1000);
    window.passed(NOW + 500);
    assertEquals(2, window.watermark());
    window.passed(NOW + 1000);
    assertEquals(2, window.watermark(), "the second gap is younger");
    window.passed(NOW + 1061);
    assertEquals(4, window.watermark());
  }

  /**
   * lnd's SQL database replays by the age of the invoice: one made before the settlement behind the
   * gap may be the one that is missing, however long after it was settled the replay comes to it.
   */
  @Test
  void keepsAGapOpenWhileOlderInvoicesCome() {
    window.add(2, NOW + 1000);
    for (long made = NOW; made <= NOW + 1000; made += 10) {
      window.passed(made);
    }
    assertEquals(0, window.watermark());
    window.add(1, NOW + 999);
    assertEquals(2, window.watermark());
  }

  @Test
  void tellsWhatIsTooFarAheadWithoutRememberingIt() {
    long far = 1L << 40;
    assertTrue(window.add(far, NOW));
    assertTrue(window.add(far, NOW));
    assertTrue(window.add(1, NOW));
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
        assertEquals(seen.add(index), any.add(index, NOW + index));
        long complete =
            LongStream.iterate(1, i -> i + 1).filter(i -> !seen.contains(i)).findFirst().getAsLong()
                - 1;
        assertEquals(complete, any.watermark());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 63, 64, 65})
  void replaysByAgeLoseNothingThatASettlementOrderWouldNot(int apart) {
    // Each invoice is settled up to `apart` places later than its age says.
    Random random = new Random(apart);
    List<Long> order = new ArrayList<>(LongStream.rangeClosed(1, 5000).boxed().toList());
    for (int from = 0; from < order.size(); from += apart) {
      Collections.shuffle(order.subList(from, Math.min(order.size(), from + apart)), random);
    }
    SettlementWindow any = new SettlementWindow(0);
    for (int age = 0; age < order.size(); age++) {
      any.passed(NOW + age);
      assertTrue(any.add(order.get(age), NOW + apart + order.get(age)));
    }
    assertEquals(5000, any.watermark());
  }
}
