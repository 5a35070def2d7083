// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The exchanges that are under way. One thread looks at all of them, ten times a second, for those
 * in which nothing happens any more: timers of their own would cost more than most of them take. It
 * ends none itself, since to tell a client so may have to wait for that client.
 */
final class UnderWay implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(L402ProxyServlet.class.getName());
  private static final long PERIOD_MILLIS = 100;
  private static final int ENDING_THREADS = 2;

  private final Set<Watched> exchanges = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> SpareThreads.daemon(work, "l402-proxy-clock"));
  private final ExecutorService ending = SpareThreads.pool(ENDING_THREADS, "l402-proxy-ending");

  UnderWay() {
    clock.scheduleWithFixedDelay(this::check, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  void add(Watched exchange) {
    exchanges.add(exchange);
  }

  void remove(Watched exchange) {
    exchanges.remove(exchange);
  }

  /** How many there are. */
  int count() {
    return exchanges.size();
  }

  private void check() {
    long now = System.nanoTime();
    exchanges.forEach(exchange -> check(exchange, now));
  }

  /** What goes wrong with one must not keep the others from being looked at ever again. */
  private void check(Watched exchange, long now) {
    try {
      if (exchange.isOverdue(now)) {
        ending.execute(exchange::expire);
      }
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "a request could not be looked at", e);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    ending.shutdown();
    exchanges.forEach(Watched::stop);
  }
}
