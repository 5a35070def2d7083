// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * When requests are due, in nanoseconds from a start: fixed beforehand, however long answers take.
 * As from clients that know nothing of each other, the gaps are exponentially distributed; and they
 * are the same every time, so that phases can be compared.
 */
final class Arrivals {
  private static final long SEED = 402;

  private Arrivals() {}

  static long[] of(int rate, Duration time) {
    Random random = new Random(SEED);
    double meanGap = 1e9 / rate;
    long[] due = new long[Math.toIntExact(time.toMillis() * rate / 1_000)];
    double at = 0;
    for (int i = 0; i < due.length; i++) {
      at -= meanGap * Math.log(1 - random.nextDouble());
      due[i] = (long) at;
    }
    return due;
  }

  /** Waits until a time by {@link System#nanoTime()}; returns how late it has become. */
  static long await(long nanoTime) {
    long left = nanoTime - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = nanoTime - System.nanoTime();
    }
    return -left;
  }
}
