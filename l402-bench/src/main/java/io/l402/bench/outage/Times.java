// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import java.util.Arrays;

/** Measured times, in nanoseconds; each is kept, so that percentiles are exact. */
final class Times {
  private static final double NANOS_PER_MILLI = 1e6;

  private final long[] sorted;

  Times(long... nanos) {
    sorted = nanos.clone();
    Arrays.sort(sorted);
  }

  /** The time that so many per cent of the times do not exceed, in milliseconds. */
  double millis(double percent) {
    int rank = (int) Math.ceil(sorted.length * percent / 100);
    return sorted[Math.max(rank, 1) - 1] / NANOS_PER_MILLI;
  }
}
