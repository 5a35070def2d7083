// SPDX-License-Identifier: Apache-2.0
package io.l402.internal;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes daemons with names, which keep no application alive, and knows when the last has ended: a
 * pool that has been shut down, or even says that it has terminated, may still have a thread on its
 * way out, and a container that looks just then takes it for a leak.
 *
 * <p>Safe for use by many threads.
 */
public final class Threads implements ThreadFactory {
  private final Queue<Thread> made = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final String prefix;

  /** Threads whose names begin so, and end in a number. */
  public Threads(String prefix) {
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

  /**
   * Waits until all have ended, which somebody must have told them to do; but so long at most, and
   * not for the one that waits. An interrupt ends the waiting, and stays; one from before does not.
   */
  public void join(Duration patience) {
    boolean interrupted = Thread.interrupted();
    try {
      joinAll(System.nanoTime() + patience.toNanos());
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void joinAll(long end) throws InterruptedException {
    for (Thread thread : made) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (thread != Thread.currentThread() && left > 0) {
        thread.join(left);
      }
    }
  }
}
