// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes daemons with names, which keep no application alive, and knows when the last has ended: a
 * pool says that it has terminated while its last thread is still on its way out, and a container
 * that looks just then takes it for a leak.
 *
 * <p>Safe for use by many threads.
 */
final class Threads implements ThreadFactory {
  private final Queue<Thread> made = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final String prefix;

  Threads(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public Thread newThread(Runnable work) {
    made.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
    Thread thread = new Thread(work, prefix + count.incrementAndGet());
    thread.setDaemon(true);
    made.add(thread);
    return thread;
  }

  /** Waits until all have ended, but so many seconds at most, and not for the one that asks. */
  void join(long seconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (Thread thread : made) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (thread != Thread.currentThread() && left > 0) {
        thread.join(left);
      }
    }
  }
}
