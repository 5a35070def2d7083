// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import io.grpc.ConnectivityState;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Sees to it that a lost connection is made anew soon. gRPC tries again after one second, and then
 * each time later, up to two minutes. Here it begins anew with a second after a quarter of a
 * minute, so that no pause is longer than some six seconds; and at once when there is another
 * certificate.
 *
 * <p>Safe for use by many threads.
 */
final class Reconnection {
  /** What this needs of a channel. */
  interface Line {
    /** How it is. */
    ConnectivityState state();

    /** Tells once when it is another way. */
    void onChangeFrom(ConnectivityState state, Runnable then);

    /** Has it try again now. */
    void resetBackoff();

    /** Does something later; when the channel has ended, never. */
    void after(Duration delay, Runnable work);
  }

  static final Duration GLANCE = Duration.ofMillis(500);
  static final Duration LONGEST = Duration.ofSeconds(15);

  private final Line line;
  private final BooleanSupplier hasChanged;
  private final AtomicBoolean looking = new AtomicBoolean();
  private final AtomicInteger connections = new AtomicInteger();

  /**
   * Watches a channel.
   *
   * @param hasChanged whether there is a certificate that was not tried yet; true once for each
   */
  Reconnection(Line line, BooleanSupplier hasChanged) {
    this.line = line;
    this.hasChanged = hasChanged;
  }

  /** How many connections there were. */
  int connections() {
    return connections.get();
  }

  /** Begins, and goes on until the channel is shut down. */
  void watch(ConnectivityState state) {
    if (state == ConnectivityState.SHUTDOWN) {
      return;
    }
    if (state == ConnectivityState.READY) {
      connections.incrementAndGet();
    }
    if (state == ConnectivityState.TRANSIENT_FAILURE) {
      look();
    }
    line.onChangeFrom(state, () -> watch(line.state()));
  }

  private void look() {
    if (looking.compareAndSet(false, true)) {
      lookAfter(GLANCE, Duration.ZERO, pause());
    }
  }

  private void lookAfter(Duration glance, Duration waited, Duration pause) {
    line.after(glance, () -> look(waited.plus(glance), pause));
  }

  private void look(Duration waited, Duration pause) {
    if (line.state() != ConnectivityState.TRANSIENT_FAILURE) {
      looking.set(false);
      // It may have failed again in between, when nobody began to look because somebody still did.
      if (line.state() == ConnectivityState.TRANSIENT_FAILURE) {
        look();
      }
    } else if (hasChanged.getAsBoolean() || waited.compareTo(pause) >= 0) {
      line.resetBackoff();
      lookAfter(GLANCE, Duration.ZERO, pause());
    } else {
      lookAfter(GLANCE, waited, pause);
    }
  }

  private static Duration pause() {
    long most = LONGEST.toMillis();
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most * 4 / 5, most + 1));
  }
}
