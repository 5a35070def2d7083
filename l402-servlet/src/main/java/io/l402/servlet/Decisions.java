// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.gate.Decision;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Takes decisions out of stages. Whatever is not a decision is a refusal. */
final class Decisions {
  /** Nothing can be told now. */
  static final Decision UNAVAILABLE =
      new Decision.Unavailable(Duration.ofSeconds(1), Optional.empty());

  private static final System.Logger LOG = System.getLogger(Decisions.class.getName());

  private Decisions() {}

  /** What a completed stage came to. */
  static Decision of(Decision decision, Throwable failure) {
    if (decision == null || failure != null) {
      LOG.log(System.Logger.Level.ERROR, "a decision failed; the request is refused", failure);
      return UNAVAILABLE;
    }
    return decision;
  }

  /** The decision of a stage that is complete. */
  static Decision now(CompletableFuture<Decision> done) {
    try {
      return of(done.join(), null);
    } catch (CompletionException | CancellationException e) {
      return of(null, e);
    }
  }

  /** Waits on this thread, for requests that cannot be suspended. */
  static Decision await(CompletableFuture<Decision> future, Duration patience) {
    try {
      return of(future.get(patience.toMillis(), TimeUnit.MILLISECONDS), null);
    } catch (TimeoutException e) {
      return UNAVAILABLE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNAVAILABLE;
    } catch (ExecutionException | CancellationException e) {
      return of(null, e);
    }
  }
}
