// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Tells the log what keeps the gate from deciding: the first time, and then once a minute at most.
 * A revocation file that cannot be read fails every request, and a log that fills the disk would be
 * the next fault.
 */
final class FailureLog {
  private static final System.Logger LOG = System.getLogger(L402Gate.class.getName());
  private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanoTime;
  private final BiConsumer<String, Throwable> sink;
  private final AtomicLong next;
  private final AtomicLong unsaid = new AtomicLong();

  FailureLog(LongSupplier nanoTime, BiConsumer<String, Throwable> sink) {
    this.nanoTime = nanoTime;
    this.sink = sink;
    this.next = new AtomicLong(nanoTime.getAsLong());
  }

  /** Tells the platform's log. */
  static FailureLog toSystemLog() {
    return new FailureLog(
        System::nanoTime, (text, failure) -> LOG.log(System.Logger.Level.ERROR, text, failure));
  }

  /** A request was refused for this. */
  void report(Throwable failure) {
    long now = nanoTime.getAsLong();
    long due = next.get();
    if (now - due < 0 || !next.compareAndSet(due, now + PAUSE_NANOS)) {
      unsaid.incrementAndGet();
      return;
    }
    long before = unsaid.getAndSet(0);
    String more = before == 0 ? "" : " (and " + before + " others since the last such line)";
    sink.accept("no decision could be made; the request is refused" + more, failure);
  }
}
