// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.lightning.LightningException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Tells the log that the node fails: the first time, and then once a minute at most. */
final class BackendLog {
  private static final System.Logger LOG = System.getLogger(L402Filter.class.getName());
  private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanoTime;
  private final AtomicLong next;

  BackendLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    next = new AtomicLong(nanoTime.getAsLong());
  }

  /** A call failed. */
  void failed(LightningException failure) {
    long now = nanoTime.getAsLong();
    long due = next.get();
    if (now - due >= 0 && next.compareAndSet(due, now + PAUSE_NANOS)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the Lightning node fails ({0}): {1}",
          failure.kind(),
          failure.getMessage());
    }
  }
}
