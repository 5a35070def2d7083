// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import io.l402.lightning.LightningException.Kind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One call to a backend. Whichever comes first, the answer, the deadline or the end, decides it;
 * what comes later is ignored. The guard hears of the outcome before the caller does; the caller
 * hears of it whatever the guard throws.
 */
final class GuardedCall<T> {
  /** What the guard does when a call is over. */
  interface Outcome {
    /**
     * The call is over.
     *
     * @param failure null if it went well
     */
    void over(GuardedCall<?> call, LightningException failure);
  }

  final CompletableFuture<T> result = new CompletableFuture<>();
  private final Lane lane;
  private final long ticket;
  private final AtomicBoolean over = new AtomicBoolean();
  private final Outcome outcome;
  private volatile Runnable cancelDeadline = () -> {};

  /**
   * Enters the lane, which the call leaves when it is over.
   *
   * @throws LightningException if the lane lets nobody through
   */
  GuardedCall(Lane lane, Outcome outcome) {
    this.lane = lane;
    this.ticket = lane.enter();
    this.outcome = outcome;
  }

  boolean isOver() {
    return over.get();
  }

  void deadline(Runnable cancel) {
    cancelDeadline = cancel;
    if (isOver()) {
      cancel.run();
    }
  }

  void succeed(T value) {
    if (over.compareAndSet(false, true)) {
      try {
        leave(false);
        outcome.over(this, null);
      } finally {
        result.complete(value);
      }
    }
  }

  /** A request that the node refuses is no sign that the node is ill. */
  void failedByBackend(Throwable thrown) {
    LightningException failure = lightning(thrown);
    fail(failure, failure.kind() != Kind.REJECTED);
  }

  void fail(LightningException failure, boolean blamed) {
    if (over.compareAndSet(false, true)) {
      try {
        leave(blamed);
        outcome.over(this, failure);
      } finally {
        result.completeExceptionally(failure);
      }
    }
  }

  private void leave(boolean blamed) {
    cancelDeadline.run();
    lane.leave(ticket, blamed);
  }

  private static LightningException lightning(Throwable thrown) {
    Throwable cause = thrown;
    while (wraps(cause) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof LightningException known
        ? known
        : new LightningException(
            Kind.RETRYABLE, "lightning: the backend threw " + cause.getClass().getName(), cause);
  }

  private static boolean wraps(Throwable thrown) {
    return thrown instanceof CompletionException || thrown instanceof ExecutionException;
  }
}
