// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import io.l402.internal.FailureLog;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What all exchanges of one servlet share.
 *
 * @param askers few threads for what can only be waited for; refuses when all of them wait
 * @param handshakes one permit for each container thread that may wait for an upstream to upgrade
 */
record ProxyContext(
    FailureLog failures, UnderWay underWay, ExecutorService askers, Semaphore handshakes)
    implements AutoCloseable {
  private static final int MAX_ASKERS = 16;
  private static final int MAX_HANDSHAKES = 16;
  private static final long SPARE_SECONDS = 10;

  static ProxyContext open(FailureLog failures) {
    return new ProxyContext(failures, new UnderWay(), newAskers(), new Semaphore(MAX_HANDSHAKES));
  }

  private static ExecutorService newAskers() {
    return new ThreadPoolExecutor(
        0,
        MAX_ASKERS,
        SPARE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> {
          Thread thread = new Thread(work, "l402-proxy-asking");
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public void close() {
    underWay.close();
    askers.shutdownNow();
  }
}
