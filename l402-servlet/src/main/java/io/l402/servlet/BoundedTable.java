// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Counts per key in bounded memory, and cannot be made to forget by filling it.
 *
 * <p>A value that is as good as a fresh one may leave; no other ever does. While the table is full,
 * all new keys share one value, the overflow. A value that is never kept takes no room.
 *
 * <p>Not safe for use by many threads: its owner has the lock, which must be held from {@link
 * #find} to {@link #keep}. Both take constant time.
 */
final class BoundedTable<K, V> {
  /** How many entries a call clears out at most; more than the one it may add. */
  private static final int SWEEP = 4;

  private final Map<K, V> entries = new LinkedHashMap<>();
  private final int capacity;
  private final Supplier<V> fresh;
  private final Predicate<V> asGoodAsFresh;
  private V overflow;

  /**
   * An empty table.
   *
   * @param capacity how many entries it holds, besides the overflow
   * @param fresh makes the value of a new key
   * @param asGoodAsFresh whether nothing is lost if a value is replaced by a fresh one
   */
  BoundedTable(int capacity, Supplier<V> fresh, Predicate<V> asGoodAsFresh) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity: expected at least 1");
    }
    this.capacity = capacity;
    this.fresh = fresh;
    this.asGoodAsFresh = asGoodAsFresh;
    overflow = fresh.get();
  }

  /** The value to count this key under: its own, a fresh one, or the overflow. */
  V find(K key) {
    sweep();
    V known = entries.get(key);
    if (known == null && entries.size() >= capacity) {
      overflow = asGoodAsFresh.test(overflow) ? fresh.get() : overflow;
      return overflow;
    }
    return known == null || asGoodAsFresh.test(known) ? fresh.get() : known;
  }

  /** Remembers a value that was found for this key, as the youngest. */
  void keep(K key, V value) {
    if (value != overflow) {
      entries.remove(key);
      entries.put(key, value);
    }
  }

  /** How many keys have a value of their own. */
  int size() {
    return entries.size();
  }

  /** The oldest come first, and with them those that may leave. */
  private void sweep() {
    Iterator<V> oldest = entries.values().iterator();
    for (int i = 0; i < SWEEP && oldest.hasNext() && asGoodAsFresh.test(oldest.next()); i++) {
      oldest.remove();
    }
  }
}
