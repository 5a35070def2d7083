// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Values are counters; zero is as good as fresh. */
class BoundedTableTest {
  private final BoundedTable<String, AtomicInteger> table =
      new BoundedTable<>(2, AtomicInteger::new, count -> count.get() == 0);

  @Test
  void keepsWhatIsKept() {
    AtomicInteger a = use("a");
    assertSame(a, table.find("a"));
    assertEquals(1, table.size());
  }

  @Test
  void takesNoRoomForWhatIsOnlyLookedAt() {
    table.find("a");
    assertEquals(0, table.size());
    assertNotSame(table.find("a"), table.find("a"));
  }

  @Test
  void newcomersToAFullTableShareOneValue() {
    AtomicInteger a = use("a");
    use("b");
    AtomicInteger c = use("c");
    assertSame(c, use("d"));
    assertEquals(2, c.get());
    assertSame(a, table.find("a"));
    assertEquals(2, table.size());
  }

  @Test
  void makesRoomOfValuesAsGoodAsFreshOnly() {
    AtomicInteger a = use("a");
    AtomicInteger b = use("b");
    AtomicInteger overflow = use("c");
    a.set(0);
    AtomicInteger d = use("d");
    assertNotSame(overflow, d);
    assertSame(b, table.find("b"));
    assertSame(d, table.find("d"));
    assertSame(overflow, table.find("a"), "a left, and there is no room again");
  }

  @Test
  void replacesAnOverflowThatIsAsGoodAsFresh() {
    use("a");
    use("b");
    AtomicInteger overflow = use("c");
    overflow.set(0);
    assertNotSame(overflow, table.find("c"));
  }

  @Test
  void replacesAnOwnValueThatIsAsGoodAsFresh() {
    use("a");
    AtomicInteger b = use("b");
    b.set(0);
    AtomicInteger fresh = use("b");
    assertNotSame(b, fresh);
    assertSame(fresh, table.find("b"));
    assertEquals(2, table.size());
  }

  @Test
  void holdsSomethingAtLeast() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new BoundedTable<>(0, AtomicInteger::new, count -> true));
  }

  @Test
  void neverForgetsAndNeverGrowsWhateverElseComesAndGoes() {
    Random random = new Random(402);
    BoundedTable<String, AtomicInteger> busy =
        new BoundedTable<>(100, AtomicInteger::new, count -> count.get() == 0);
    Map<String, AtomicInteger> spent = new HashMap<>();
    for (int i = 0; i < 50; i++) {
      spent.put("spent " + i, use(busy, "spent " + i));
    }
    List<AtomicInteger> others = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      others.add(use(busy, "other " + random.nextInt(1000)));
      if (random.nextInt(3) > 0) {
        others.remove(random.nextInt(others.size())).set(0);
      }
      assertTrue(busy.size() <= 100);
      String key = "spent " + random.nextInt(50);
      assertSame(spent.get(key), busy.find(key));
    }
  }

  private static AtomicInteger use(BoundedTable<String, AtomicInteger> table, String key) {
    AtomicInteger value = table.find(key);
    value.incrementAndGet();
    table.keep(key, value);
    return value;
  }

  private AtomicInteger use(String key) {
    return use(table, key);
  }
}
