// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SomeElsewhereTest {
  private final List<Runnable> elsewhere = new ArrayList<>();
  private final SomeElsewhere two = new SomeElsewhere(2, elsewhere::add);
  private final AtomicBoolean third = new AtomicBoolean();

  @Test
  void runsSoManyHereAndTheOthersElsewhere() {
    two.execute(() -> two.execute(() -> two.execute(() -> third.set(true))));
    assertFalse(third.get());
    assertEquals(1, elsewhere.size());
    elsewhere.get(0).run();
    assertTrue(third.get());
  }

  @Test
  void runsHereAgainWhenOneHasEnded() {
    for (int i = 0; i < 5; i++) {
      assertThrows(IllegalStateException.class, () -> two.execute(SomeElsewhereTest::fail));
    }
    two.execute(() -> third.set(true));
    assertTrue(third.get());
    assertTrue(elsewhere.isEmpty());
  }

  private static void fail() {
    throw new IllegalStateException("of the work");
  }
}
