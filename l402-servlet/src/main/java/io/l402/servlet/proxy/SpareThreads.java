// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads for what is seldom to be done: they end when there is nothing. */
final class SpareThreads {
  private static final long SPARE_SECONDS = 10;

  private SpareThreads() {}

  /**
   * At most so many, of this name; one more only when all there are have something to do. What
   * comes after a shutdown runs on the thread that brings it.
   */
  static ExecutorService pool(int most, String name) {
    return new ThreadPoolExecutor(
        0,
        most,
        SPARE_SECONDS,
        TimeUnit.SECONDS,
        new IdleFirst(),
        work -> daemon(work, name),
        SpareThreads::enqueue);
  }

  /**
   * There are as many threads as there may be, and it waits for one; or there are none any more.
   */
  private static void enqueue(Runnable work, ThreadPoolExecutor pool) {
    pool.getQueue().add(work);
    if (pool.isShutdown() && pool.remove(work)) {
      work.run();
    }
  }

  /** A thread that keeps no JVM from ending. */
  static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Takes work only for a thread that waits for some; a pool then makes a thread for it. */
  private static final class IdleFirst extends LinkedTransferQueue<Runnable> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean offer(Runnable work) {
      return tryTransfer(work);
    }
  }
}
