// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static final Duration TIME = Duration.ofSeconds(10);

  @Test
  void comeAtTheRate() {
    long[] due = Arrivals.of(2_000, TIME);

    assertEquals(20_000, due.length);
    assertEquals(10e9, due[due.length - 1], 0.3e9);
  }

  @Test
  void comeInOrderAndAtTheSameTimesAlways() {
    long[] due = Arrivals.of(2_000, TIME);

    for (int i = 1; i < due.length; i++) {
      assertTrue(due[i] >= due[i - 1], "in order");
    }
    assertArrayEquals(due, Arrivals.of(2_000, TIME));
  }

  @Test
  void awaitSaysHowLateItIs() {
    assertTrue(Arrivals.await(System.nanoTime() - 5_000_000) >= 5_000_000);
    assertTrue(Arrivals.await(System.nanoTime() + 1_000_000) >= 0);
  }
}
