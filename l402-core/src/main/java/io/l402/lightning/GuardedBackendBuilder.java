// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Makes a {@link GuardedBackend}. For use by one thread. */
public final class GuardedBackendBuilder {
  final LightningBackend backend;
  Network network = Network.MAINNET;
  Clock clock = Clock.systemUTC();
  Duration deadline = Duration.ofSeconds(2);
  int maxInFlight = 32;
  Consumer<LightningException> listener = failure -> {};
  LongSupplier nanoTime = System::nanoTime;
  DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
  DeadlineTimer timer;

  GuardedBackendBuilder(LightningBackend backend) {
    this.backend = Objects.requireNonNull(backend, "backend");
  }

  /** The network that invoices must be for; mainnet by default. */
  public GuardedBackendBuilder network(Network value) {
    network = Objects.requireNonNull(value, "network");
    return this;
  }

  /** The clock that tells whether an invoice is in time; the system's by default. */
  public GuardedBackendBuilder clock(Clock value) {
    clock = Objects.requireNonNull(value, "clock");
    return this;
  }

  /**
   * How long a call may take; two seconds by default.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public GuardedBackendBuilder deadline(Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException("lightning: expected a deadline above zero");
    }
    deadline = value;
    return this;
  }

  /**
   * How many calls of a kind may be in flight: so many that make invoices, and as many that look
   * them up; 32 by default.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public GuardedBackendBuilder maxInFlight(int value) {
    if (value < 1) {
      throw new IllegalArgumentException("lightning: expected at least one call in flight");
    }
    maxInFlight = value;
    return this;
  }

  /** Hears of every call that failed, but not of those that were never made. */
  public GuardedBackendBuilder listener(Consumer<LightningException> value) {
    listener = Objects.requireNonNull(value, "listener");
    return this;
  }

  /** What the circuit breaker measures time by, as {@link System#nanoTime()}. */
  public GuardedBackendBuilder nanoTime(LongSupplier value) {
    nanoTime = Objects.requireNonNull(value, "nanoTime");
    return this;
  }

  /** What spreads the circuit breaker's waits: numbers from 0 up to 1. */
  public GuardedBackendBuilder random(DoubleSupplier value) {
    random = Objects.requireNonNull(value, "random");
    return this;
  }

  GuardedBackendBuilder timer(DeadlineTimer value) {
    timer = value;
    return this;
  }

  Lane lane() {
    return new Lane(maxInFlight, new CircuitBreaker(nanoTime, random));
  }

  /** The guard. */
  public GuardedBackend build() {
    if (timer == null) {
      timer = DeadlineTimer.ownThread();
    }
    return new GuardedBackend(this);
  }
}
