// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Spares a node that fails, and those who would wait for it. Five failures within ten seconds open
 * it; then calls fail at once, but for one probe after a second or so. A probe that fails doubles
 * the wait, up to 24 seconds; a random part of up to a quarter on top keeps many servers from
 * knocking together. A probe that works closes it.
 *
 * <p>Every call carries a ticket: what a call from before a change of state tells is ignored.
 */
final class CircuitBreaker {
  private static final int FAILURES = 5;
  private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long FIRST_WAIT_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long LAST_WAIT_NANOS = Duration.ofSeconds(24).toNanos();
  private static final double JITTER = 0.25;

  private enum State {
    CLOSED,
    OPEN,
    PROBING
  }

  private final LongSupplier nanoTime;
  private final DoubleSupplier random;
  private final Deque<Long> failures = new ArrayDeque<>(FAILURES);
  private State state = State.CLOSED;
  private long ticket;
  private long waitNanos = FIRST_WAIT_NANOS;
  private long openedAt;
  private long openFor;

  CircuitBreaker(LongSupplier nanoTime, DoubleSupplier random) {
    this.nanoTime = nanoTime;
    this.random = random;
  }

  /**
   * Lets a call through.
   *
   * @return what {@link #succeeded} or {@link #failed} must be told, one of which must follow
   * @throws LightningException if the call must not be made; it knows when to try again
   */
  synchronized long enter() {
    if (state == State.CLOSED) {
      return ticket;
    }
    long left = openFor - (nanoTime.getAsLong() - openedAt);
    if (state == State.OPEN && left <= 0) {
      state = State.PROBING;
      return ++ticket;
    }
    throw new LightningException(
        LightningException.Kind.RETRYABLE,
        "lightning: the node has failed too often; it is left alone for a while",
        Duration.ofNanos(Math.max(left, FIRST_WAIT_NANOS)));
  }

  /** The call was answered. */
  synchronized void succeeded(long ofTicket) {
    if (ofTicket == ticket && state == State.PROBING) {
      state = State.CLOSED;
      waitNanos = FIRST_WAIT_NANOS;
      failures.clear();
      ticket++;
    }
  }

  /** The call failed, through the node's fault. */
  synchronized void failed(long ofTicket) {
    if (ofTicket != ticket) {
      return;
    }
    if (state == State.PROBING) {
      waitNanos = Math.min(2 * waitNanos, LAST_WAIT_NANOS);
      open();
    } else if (tooOften()) {
      open();
    }
  }

  private boolean tooOften() {
    long now = nanoTime.getAsLong();
    failures.addLast(now);
    if (failures.size() < FAILURES) {
      return false;
    }
    return now - failures.removeFirst() <= WINDOW_NANOS;
  }

  private void open() {
    state = State.OPEN;
    ticket++;
    failures.clear();
    openedAt = nanoTime.getAsLong();
    openFor = waitNanos + (long) (waitNanos * JITTER * random.getAsDouble());
  }
}
