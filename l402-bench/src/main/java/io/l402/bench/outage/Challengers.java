// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Clients without a token. Each asks for a challenge, and again one second after it was answered,
 * as the Retry-After of a refusal tells it.
 */
final class Challengers implements AutoCloseable {
  private static final long AGAIN_MILLIS = 1_000;

  private final AtomicReference<ChallengeCount> count = new AtomicReference<>(ChallengeCount.NONE);
  private final ScheduledExecutorService timer;
  private final byte[] request;
  private volatile boolean asking = true;

  Challengers(Connections connections, byte[] request, int clients) {
    this.request = request;
    timer = Executors.newSingleThreadScheduledExecutor(Challengers::thread);
    for (int i = 0; i < clients; i++) {
      askLater(connections.connection(), AGAIN_MILLIS * i / clients);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "load-challengers");
    thread.setDaemon(true);
    return thread;
  }

  private void askLater(Connection connection, long millis) {
    timer.schedule(() -> ask(connection), millis, TimeUnit.MILLISECONDS);
  }

  private void ask(Connection connection) {
    if (asking) {
      connection.send(request, (status, nanoTime) -> answered(connection, status));
    } else {
      askLater(connection, AGAIN_MILLIS);
    }
  }

  private void answered(Connection connection, int status) {
    count.updateAndGet(before -> before.plus(status));
    try {
      askLater(connection, AGAIN_MILLIS);
    } catch (RejectedExecutionException ended) {
      // Nobody asks any more.
    }
  }

  /** Whether they ask at all; they do at first. */
  void asking(boolean value) {
    asking = value;
  }

  /** The answers since this was last asked. */
  ChallengeCount take() {
    return count.getAndSet(ChallengeCount.NONE);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
