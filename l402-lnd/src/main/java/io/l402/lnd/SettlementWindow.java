// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import java.util.BitSet;

/**
 * Which of lnd's settlements, numbered from 1, were told of. They may come in another order and
 * more than once: with its SQL database lnd replays the past in the order in which invoices were
 * added. Only up to the watermark is none missing, and only from there on is it safe to go on
 * later.
 *
 * <p>Some numbers never come: payments of AMP invoices take one each and are not sent like others.
 * Such a gap ends when it is certain that nothing below it can still come. lnd sends what was
 * settled before by number or by the age of the invoice, and then what is settled now; so when an
 * invoice comes that was made after the settlement behind the gap, all that was settled before has
 * come.
 *
 * <p>Not safe for use by many threads.
 */
final class SettlementWindow {
  /** Two megabytes of bits. What is further ahead is told, and told again after a restart. */
  private static final int MAX_AHEAD = 1 << 24;

  /** How far lnd's clock may be set back without harm. */
  private static final long SLACK_SECONDS = 60;

  private static final long NO_GAP = Long.MAX_VALUE - SLACK_SECONDS;

  private long watermark;
  private BitSet ahead = new BitSet();
  private long latestSettled;
  private long gapEndedAt = NO_GAP;

  SettlementWindow(long watermark) {
    this.watermark = watermark;
  }

  /** The number up to which none is missing. */
  long watermark() {
    return watermark;
  }

  /**
   * Adds a settlement.
   *
   * @param index its number
   * @param settledAt lnd's time of it, in seconds
   * @return whether it is new
   */
  boolean add(long index, long settledAt) {
    long offset = index - watermark - 1;
    if (offset < 0 || offset < MAX_AHEAD && ahead.get((int) offset)) {
      return false;
    }
    latestSettled = Math.max(latestSettled, settledAt);
    if (offset < MAX_AHEAD) {
      ahead.set((int) offset);
      if (gapEndedAt == NO_GAP) {
        gapEndedAt = settledAt;
      }
      advance();
    }
    return true;
  }

  /**
   * An invoice has come from lnd's stream; ends a gap that it proves to be one for good.
   *
   * @param createdAt lnd's time when it was added, in seconds
   */
  void passed(long createdAt) {
    if (createdAt > gapEndedAt + SLACK_SECONDS) {
      ahead.set(0, ahead.nextSetBit(0));
      advance();
    }
  }

  private void advance() {
    int run = ahead.nextClearBit(0);
    if (run > 0) {
      watermark += run;
      ahead = ahead.get(run, Math.max(run, ahead.length()));
      gapEndedAt = latestSettled;
    }
    if (ahead.isEmpty()) {
      gapEndedAt = NO_GAP;
    }
  }
}
