// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import io.l402.MilliSatoshi;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What requests cost. Asking elsewhere is bounded for each client. */
final class Prices {
  private final PriceLimiter limiter;

  Prices(PriceLimiter limiter) {
    this.limiter = limiter;
  }

  /** The price now, where that takes no I/O; a price that cannot be told grants nothing. */
  static Optional<MilliSatoshi> now(AccessRequest request) {
    Pricer pricer = request.service().pricer();
    if (!pricer.inProcess()) {
      return Optional.empty();
    }
    CompletableFuture<MilliSatoshi> price = pricer.price(request).toCompletableFuture();
    if (!price.isDone()) {
      throw new IllegalStateException("a price that is computed in process was not there at once");
    }
    return Optional.of(price.join());
  }

  /** The price; empty if too many are asked for on behalf of this client already. */
  CompletionStage<Optional<MilliSatoshi>> of(AccessRequest request) {
    Pricer pricer = request.service().pricer();
    if (pricer.fixed() || pricer.inProcess()) {
      return pricer.price(request).thenApply(Optional::of);
    }
    Optional<Runnable> place = limiter.tryAcquire(request.client());
    return place.isPresent()
        ? ask(pricer, request, place.get()).thenApply(Optional::of)
        : CompletableFuture.completedFuture(Optional.empty());
  }

  private static CompletionStage<MilliSatoshi> ask(
      Pricer pricer, AccessRequest request, Runnable leave) {
    try {
      return pricer.price(request).whenComplete((price, failure) -> leave.run());
    } catch (Throwable e) {
      leave.run();
      throw e;
    }
  }
}
