// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailureLogTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final List<String> lines = new ArrayList<>();
  private final FailureLog log =
      new FailureLog(now::get, (text, failure) -> lines.add(text + ": " + failure.getMessage()));

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      log.report(new IllegalStateException("disk"));
    }
  }

  @Test
  void saysTheFirstAndThenOneAMinute() {
    fail(1_000);
    assertEquals(1, lines.size());
    assertTrue(lines.get(0).endsWith("refused: disk"), lines.get(0));
    now.addAndGet(Duration.ofSeconds(59).toNanos());
    fail(1);
    assertEquals(1, lines.size());
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    fail(1);
    assertTrue(lines.get(1).contains("and 1000 others"), lines.get(1));
  }
}
