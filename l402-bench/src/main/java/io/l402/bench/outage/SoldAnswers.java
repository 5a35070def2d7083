// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What became of the requests of a phase. Their times count from when they were due, not from when
 * they were sent: whoever is kept waiting by a request before is kept waiting.
 */
final class SoldAnswers {
  private static final long PATIENCE_SECONDS = 10;

  private final long[] due;
  private final long start;
  private final int[] statuses;
  private final long[] times;
  private final long[] lags;
  private final CountDownLatch missing;

  SoldAnswers(long[] due, long start) {
    this.due = due;
    this.start = start;
    statuses = new int[due.length];
    times = new long[due.length];
    lags = new long[due.length];
    missing = new CountDownLatch(due.length);
  }

  /** When a request is due, by {@link System#nanoTime()}. */
  long due(int index) {
    return start + due[index];
  }

  void sent(int index, long lag) {
    lags[index] = lag;
  }

  void answered(int index, int status, long nanoTime) {
    statuses[index] = status;
    times[index] = nanoTime - due(index);
    missing.countDown();
  }

  /** Waits for the last answers; whoever gets none has waited until the end of this. */
  void await() throws InterruptedException {
    if (!missing.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(missing.getCount() + " requests were never answered");
    }
  }

  int count() {
    return due.length;
  }

  /** How many were let pass. */
  int passed() {
    return (int) Arrays.stream(statuses).filter(status -> status == 200).count();
  }

  int refused() {
    return count() - passed();
  }

  /** From when requests were due to when they were answered. */
  Times times() {
    return new Times(times);
  }

  /** How late the load itself was. */
  Times lags() {
    return new Times(lags);
  }
}
