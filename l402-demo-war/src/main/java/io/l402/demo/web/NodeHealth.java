// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.web;

import io.l402.lightning.BackendHealth;
import io.l402.lightning.LightningBackend;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * How the node is, in one word. Anybody may ask here, and the node is asked every few seconds at
 * most. While it is, only one request waits for its answer, and not for long; the others get the
 * word from before.
 *
 * <p>Safe for use by many threads.
 */
final class NodeHealth {
  /** How long an answer is good for. */
  static final Duration FRESH = Duration.ofSeconds(5);

  private record Word(String text, long since) {}

  private final Duration patience;
  private final LongSupplier nanoTime;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile Word last;

  /** Waits so long for the node; one that has not answered by then is down. */
  NodeHealth(Duration patience, LongSupplier nanoTime) {
    this.patience = patience;
    this.nanoTime = nanoTime;
  }

  /** Such as {@code ready} or {@code not_ready}. */
  String of(LightningBackend node) {
    Word known = last;
    if (isFresh(known)) {
      return known.text;
    }
    if (known == null) {
      asking.lock();
    } else if (!asking.tryLock()) {
      return known.text;
    }
    try {
      if (!isFresh(last)) {
        last = new Word(ask(node), nanoTime.getAsLong());
      }
      return last.text;
    } finally {
      asking.unlock();
    }
  }

  private boolean isFresh(Word word) {
    return word != null && nanoTime.getAsLong() - word.since < FRESH.toNanos();
  }

  private String ask(LightningBackend node) {
    try {
      return word(
          node.health().toCompletableFuture().get(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException | ExecutionException | RuntimeException e) {
      return word(BackendHealth.Status.DOWN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return word(BackendHealth.Status.DOWN);
    }
  }

  /** Never the detail: it is for operators. */
  private static String word(BackendHealth health) {
    return word(health.status());
  }

  private static String word(BackendHealth.Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
