// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimesTest {
  @Test
  void aPercentileIsATimeThatWasMeasured() {
    Times times =
        new Times(LongStream.rangeClosed(1, 1_000).map(i -> (1_001 - i) * 1_000_000).toArray());

    assertEquals(500, times.millis(50));
    assertEquals(990, times.millis(99));
    assertEquals(1_000, times.millis(100));
  }

  @Test
  void oneTimeIsEveryPercentile() {
    assertEquals(3, new Times(3_000_000).millis(0));
    assertEquals(3, new Times(3_000_000).millis(99));
  }
}
