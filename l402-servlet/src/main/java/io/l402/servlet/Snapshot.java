// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.gate.AccessRequest;
import io.l402.gate.Decision;
import io.l402.gate.L402Gate;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The services as they are at one time, with all that goes by them. A request is decided on by the
 * one that it began with, in each of its dispatches.
 *
 * <p>Counts who decides by it, so that what only it needs can be ended when nobody does any more.
 * Safe for use by many threads.
 */
final class Snapshot {
  private static final String ATTRIBUTE = Snapshot.class.getName();

  private final Object owner;
  private final ServiceLimits limits;
  private final PriceServers prices;
  private final Duration patience;
  private final Walk walk;

  /** One party for the snapshot itself, until it is retired, and one for each decision. */
  private final Phaser deciding = new Phaser(1);

  /**
   * A snapshot.
   *
   * @param owner whose it is
   * @param walks makes the walk, from what decides
   * @param patience how long a decision may take
   */
  Snapshot(
      Object owner,
      ServiceLimits limits,
      PriceServers prices,
      L402Gate gate,
      Duration patience,
      Function<Function<AccessRequest, CompletionStage<Decision>>, Walk> walks) {
    this.owner = owner;
    this.limits = limits;
    this.prices = prices;
    this.patience = patience;
    walk = walks.apply(access -> decide(gate, access));
  }

  /**
   * Counted until the decision is made, which may be when the request's thread is gone. Until this
   * returns, whoever asks is counted.
   */
  private CompletionStage<Decision> decide(L402Gate gate, AccessRequest access) {
    CompletionStage<Decision> decision = gate.decide(access);
    if (!decision.toCompletableFuture().isDone() && enter()) {
      decision.whenComplete((made, failure) -> leave());
    }
    return decision;
  }

  /** The snapshot of this owner that a request began with; empty if it begins now. */
  static Optional<Snapshot> of(HttpServletRequest request, Object owner) {
    return request.getDispatcherType() != DispatcherType.REQUEST
            && request.getAttribute(ATTRIBUTE) instanceof Snapshot snapshot
            && snapshot.owner == owner
        ? Optional.of(snapshot)
        : Optional.empty();
  }

  /** Makes it the one that a request began with. */
  void putOn(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** Begins to decide by it; false if it is retired and nobody does any more. */
  boolean enter() {
    return deciding.register() >= 0;
  }

  /** Ends what {@link #enter} began; nothing, if that was false. */
  void leave() {
    deciding.arriveAndDeregister();
  }

  Walk walk() {
    return walk;
  }

  ServiceLimits limits() {
    return limits;
  }

  PriceServers prices() {
    return prices;
  }

  /** Nobody begins with it any more; to be said once. */
  void retire() {
    deciding.arriveAndDeregister();
  }

  /** Whether it is retired, and nobody decides by it any more. */
  boolean isUnused() {
    return deciding.isTerminated();
  }

  /** Waits until all of these are unused, but in all no longer than a decision may take. */
  static void awaitUnused(List<Snapshot> retired) {
    Duration longest =
        retired.stream().map(one -> one.patience).max(Duration::compareTo).orElse(Duration.ZERO);
    long end = System.nanoTime() + longest.toNanos();
    try {
      for (Snapshot one : retired) {
        one.awaitUnused(end - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitUnused(long nanos) throws InterruptedException {
    try {
      deciding.awaitAdvanceInterruptibly(deciding.getPhase(), nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      // Whoever still asks for a price then gets none, and is refused.
    }
  }
}
