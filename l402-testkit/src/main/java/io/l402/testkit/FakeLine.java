// SPDX-License-Identifier: Apache-2.0
package io.l402.testkit;

import io.l402.lightning.LightningException;
import io.l402.lightning.LightningException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The line between a program and the fake node: it may be down, slow or stalled. What is asked is
 * done at once; only the answer waits, and no thread waits for it.
 */
final class FakeLine {
  private final Set<CompletableFuture<?>> unanswered = ConcurrentHashMap.newKeySet();
  private final List<Runnable> stalledAnswers = new ArrayList<>();
  private Duration delay = Duration.ZERO;
  private boolean stalled;
  private boolean closed;
  private Kind down;

  <T> CompletionStage<T> call(Supplier<T> work) {
    Optional<LightningException> failure = failure();
    if (failure.isPresent()) {
      return CompletableFuture.failedFuture(failure.get());
    }
    CompletableFuture<T> outcome = new CompletableFuture<>();
    try {
      outcome.complete(work.get());
    } catch (RuntimeException e) {
      outcome.completeExceptionally(e);
    }
    return answer(outcome);
  }

  private synchronized <T> CompletionStage<T> answer(CompletableFuture<T> outcome) {
    if (!stalled && delay.isZero()) {
      return outcome;
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    unanswered.add(answer);
    answer.whenComplete((value, error) -> unanswered.remove(answer));
    Runnable deliver = () -> copy(outcome, answer);
    if (stalled) {
      stalledAnswers.add(deliver);
    } else {
      CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS).execute(deliver);
    }
    return answer;
  }

  private static <T> void copy(CompletableFuture<T> outcome, CompletableFuture<T> answer) {
    outcome.whenComplete(
        (value, error) -> {
          if (error != null) {
            answer.completeExceptionally(error);
          } else {
            answer.complete(value);
          }
        });
  }

  /** Why nothing can be asked now, if so. */
  synchronized Optional<LightningException> failure() {
    if (closed) {
      return Optional.of(new LightningException(Kind.RETRYABLE, "fake node: closed"));
    }
    return Optional.ofNullable(down).map(k -> new LightningException(k, "fake node: down"));
  }

  synchronized void down(Kind kind) {
    down = kind;
  }

  synchronized void up() {
    down = null;
  }

  synchronized void delay(Duration value) {
    delay = value;
  }

  synchronized void stall() {
    stalled = true;
  }

  void resume() {
    List<Runnable> answers;
    synchronized (this) {
      stalled = false;
      answers = List.copyOf(stalledAnswers);
      stalledAnswers.clear();
    }
    answers.forEach(Runnable::run);
  }

  int unanswered() {
    return unanswered.size();
  }

  void close() {
    synchronized (this) {
      closed = true;
      stalledAnswers.clear();
    }
    LightningException closing = new LightningException(Kind.RETRYABLE, "fake node: closed");
    unanswered.forEach(answer -> answer.completeExceptionally(closing));
  }
}
