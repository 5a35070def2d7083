// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * How long to wait before the next try: half a second, then twice as long each time, up to half a
 * minute, and of that a random part from a half up. What worked for a minute, or brought anything,
 * begins anew.
 */
final class Backoff {
  private static final long FIRST_MILLIS = 500;
  private static final int MOST_DOUBLINGS = 6;
  private static final long LONGEST_MILLIS = 30_000;
  private static final long STABLE_NANOS = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanoTime;
  private int failures;
  private boolean open;
  private long openedAt;

  Backoff(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A try begins. */
  synchronized void opened() {
    open = true;
    openedAt = nanoTime.getAsLong();
  }

  /** It has brought something. */
  synchronized void heard() {
    failures = 0;
  }

  /** It has failed: how long to wait. */
  synchronized Duration next() {
    if (open && nanoTime.getAsLong() - openedAt >= STABLE_NANOS) {
      failures = 0;
    }
    open = false;
    long most = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, MOST_DOUBLINGS));
    failures++;
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
  }
}
