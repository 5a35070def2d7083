// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import io.l402.internal.Threads;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does something later, unless it is canceled. */
interface DeadlineTimer {
  /** Does the work after a time; the result cancels it. After {@link #close()} it is never done. */
  Runnable after(Duration delay, Runnable work);

  /** Forgets all work and ends the thread; waits a second at most for what it is doing just now. */
  void close();

  /**
   * A timer with a thread of its own, which comes when it is needed and goes when it is not. The
   * JDK's shared one would outlive the application that first used it.
   */
  static DeadlineTimer ownThread() {
    Threads threads = new Threads("l402-lightning-deadlines-");
    ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, threads);
    executor.setRemoveOnCancelPolicy(true);
    executor.setKeepAliveTime(10, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    return new DeadlineTimer() {
      @Override
      public Runnable after(Duration delay, Runnable work) {
        try {
          Future<?> future = executor.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
          return () -> future.cancel(false);
        } catch (RejectedExecutionException closed) {
          return () -> {};
        }
      }

      @Override
      public void close() {
        executor.shutdownNow();
        threads.join(Duration.ofSeconds(1));
      }
    };
  }
}
