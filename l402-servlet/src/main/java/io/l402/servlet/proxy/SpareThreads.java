// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads for what is seldom to be done: they end when there is nothing. */
final class SpareThreads {
  private static final long SPARE_SECONDS = 10;

  private SpareThreads() {}

  /** At most so many, of this name. */
  static ExecutorService pool(int most, String name) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            most,
            most,
            SPARE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> daemon(work, name));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** A thread that keeps no JVM from ending. */
  static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
