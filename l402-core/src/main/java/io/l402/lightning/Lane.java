// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import io.l402.lightning.LightningException.Kind;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One kind of call, with a bound on those in flight and a circuit breaker of its own: strangers who
 * ask a slow node for invoices must not take the places of clients who have paid and whose invoices
 * are looked up.
 */
final class Lane {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final int maxInFlight;
  private final CircuitBreaker breaker;
  private final AtomicInteger inFlight = new AtomicInteger();

  Lane(int maxInFlight, CircuitBreaker breaker) {
    this.maxInFlight = maxInFlight;
    this.breaker = breaker;
  }

  /**
   * Lets a call through.
   *
   * @return the breaker's ticket, which {@link #leave} must be told
   * @throws LightningException if the call must not be made; it knows when to try again
   */
  long enter() {
    if (inFlight.incrementAndGet() > maxInFlight) {
      inFlight.decrementAndGet();
      throw new LightningException(
          Kind.RETRYABLE, "lightning: " + maxInFlight + " calls are already in flight", SOON);
    }
    try {
      return breaker.enter();
    } catch (LightningException open) {
      inFlight.decrementAndGet();
      throw open;
    }
  }

  /** The call is over; {@code blamed} says whether it failed through the node's fault. */
  void leave(long ticket, boolean blamed) {
    inFlight.decrementAndGet();
    if (blamed) {
      breaker.failed(ticket);
    } else {
      breaker.succeeded(ticket);
    }
  }
}
