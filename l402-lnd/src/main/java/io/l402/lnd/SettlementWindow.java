// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which of lnd's settlements, numbered from 1, were told of. They may come in another order and
 * more than once: with its SQL database lnd replays the past in the order in which invoices were
 * added. Only up to the watermark is none missing, and only from there on is it safe to go on
 * later.
 *
 * <p>Some numbers never come: payments of AMP invoices take one each and are not sent like others.
 * Whoever knows that nothing is still to come from below ends such gaps.
 *
 * <p>Not safe for use by many threads.
 */
final class SettlementWindow {
  /** Two megabytes of bits. What is further ahead is told, and told again after a restart. */
  private static final int MAX_AHEAD = 1 << 24;

  private static final int MAX_SKIPPED = 1_000;

  private final Set<Long> skipped = new LinkedHashSet<>();
  private long watermark;
  private BitSet ahead = new BitSet();

  SettlementWindow(long watermark) {
    this.watermark = watermark;
  }

  /** The number up to which none is missing. */
  long watermark() {
    return watermark;
  }

  /** Adds a settlement by its number; whether it is new. */
  boolean add(long index) {
    long offset = index - watermark - 1;
    if (offset < 0) {
      return skipped.remove(index);
    }
    if (offset >= MAX_AHEAD) {
      return true;
    }
    boolean known = ahead.get((int) offset);
    ahead.set((int) offset);
    advance(ahead.nextClearBit(0));
    return !known;
  }

  /**
   * Nothing that was settled before those told of is still to come: what is missing among them is
   * missing for good. Should one come all the same it is still new, if it is among the last
   * thousand.
   */
  void endGaps() {
    int all = ahead.length();
    for (int gap = ahead.nextClearBit(0); gap < all && remember(watermark + 1 + gap); ) {
      gap = ahead.nextClearBit(gap + 1);
    }
    advance(all);
  }

  private boolean remember(long missing) {
    return skipped.size() < MAX_SKIPPED && skipped.add(missing);
  }

  private void advance(int count) {
    if (count > 0) {
      watermark += count;
      ahead = ahead.get(count, Math.max(count, ahead.length()));
    }
  }
}
