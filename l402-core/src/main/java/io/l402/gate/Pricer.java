// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import io.l402.MilliSatoshi;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What a request costs.
 *
 * <p>A price that is not {@linkplain #fixed() fixed} binds the token to the amount and to the
 * resource asked for, which is method and path. Unless it is {@linkplain #inProcess() in process},
 * it must not depend on anything else of a request, such as {@code Host} or a header field: a token
 * bought at the lower price would open what costs the higher one. Where it would depend on that,
 * make several services. Implementations are safe for use by many threads.
 */
public interface Pricer extends AutoCloseable {
  /**
   * The price of this request; zero lets it pass. A stage that fails grants nothing and mints
   * nothing. It is asked for by anybody, before the limits on challenges: one that does I/O bounds
   * the time it takes and the work it does. Where it is neither {@linkplain #fixed() fixed} nor
   * {@linkplain #inProcess() in process}, a {@link PriceLimiter} bounds how many one client asks
   * for at once.
   */
  CompletionStage<MilliSatoshi> price(AccessRequest request);

  /** Whether the price is the same for every request of the service. */
  default boolean fixed() {
    return false;
  }

  /**
   * Whether {@link #price} completes at once, without I/O. Then a presented token must have been
   * sold for at least the price now.
   */
  default boolean inProcess() {
    return false;
  }

  /**
   * Ends what it holds; by default nothing. Called for those that a {@link PricerProvider} made, by
   * whoever had them made; one that was given in code is its giver's.
   */
  @Override
  default void close() {}

  /**
   * The same price for every request.
   *
   * @throws IllegalArgumentException if it is zero: to give away, use {@link AuthLevel#OFF}
   */
  static Pricer fixed(MilliSatoshi price) {
    return new FixedPricer(price);
  }

  /** A price computed from the request, in process and without I/O. */
  static Pricer computed(Function<AccessRequest, MilliSatoshi> function) {
    Objects.requireNonNull(function, "function");
    return new Pricer() {
      @Override
      public CompletionStage<MilliSatoshi> price(AccessRequest request) {
        return CompletableFuture.completedFuture(
            Objects.requireNonNull(function.apply(request), "the price function returned null"));
      }

      @Override
      public boolean inProcess() {
        return true;
      }
    };
  }
}
