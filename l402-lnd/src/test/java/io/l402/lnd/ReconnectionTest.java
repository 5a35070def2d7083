// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ConnectivityState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class ReconnectionTest {
  private static final ConnectivityState FAILED = ConnectivityState.TRANSIENT_FAILURE;

  private final FakeLine line = new FakeLine();
  private boolean changed;
  private final Reconnection reconnection =
      new Reconnection(
          line,
          () -> {
            boolean was = changed;
            changed = false;
            return was;
          });

  /** No pause of gRPC's own grows beyond some six seconds if it begins anew so often. */
  @Test
  void beginsAnewEveryQuarterOfAMinute() {
    line.become(FAILED);
    reconnection.watch(FAILED);
    line.pass(Duration.ofMinutes(10));
    assertTrue(line.resets >= 38 && line.resets <= 50, line.resets + " in ten minutes");
  }

  @Test
  void triesAtOnceWhenThereIsAnotherCertificate() {
    line.become(FAILED);
    reconnection.watch(FAILED);
    line.pass(Duration.ofSeconds(5));
    assertEquals(0, line.resets);
    changed = true;
    line.pass(Reconnection.GLANCE);
    assertEquals(1, line.resets);
    line.pass(Duration.ofSeconds(5));
    assertEquals(1, line.resets, "once for each");
  }

  @Test
  void looksNoMoreOnceThereIsAConnection() {
    line.become(FAILED);
    reconnection.watch(FAILED);
    line.become(ConnectivityState.READY);
    line.pass(Duration.ofSeconds(1));
    assertEquals(0, line.waiting());
    line.pass(Duration.ofMinutes(5));
    assertEquals(0, line.resets);
    line.become(FAILED);
    line.pass(Duration.ofMinutes(1));
    assertTrue(line.resets >= 3, line.resets + " in a minute");
  }

  /** The channel goes back and forth faster than anybody looks: still one looks, and one only. */
  @Test
  void neitherPilesUpNorStops() {
    reconnection.watch(ConnectivityState.CONNECTING);
    for (int i = 0; i < 100; i++) {
      line.become(FAILED);
      line.become(ConnectivityState.CONNECTING);
      line.pass(Duration.ofMillis(130));
    }
    assertTrue(line.waiting() <= 1, line.waiting() + " are waiting");
    line.become(FAILED);
    line.pass(Duration.ofSeconds(20));
    assertEquals(1, line.waiting());
    assertTrue(line.resets > 0);
  }

  @Test
  void countsConnectionsAndEndsWithTheChannel() {
    reconnection.watch(ConnectivityState.IDLE);
    line.become(ConnectivityState.READY);
    line.become(FAILED);
    line.become(ConnectivityState.READY);
    assertEquals(2, reconnection.connections());
    line.become(ConnectivityState.SHUTDOWN);
    assertEquals(null, line.listener);
  }

  /** A channel whose time passes when it is told. */
  private static final class FakeLine implements Reconnection.Line {
    private record Work(long at, Runnable work) {}

    private final Deque<Work> work = new ArrayDeque<>();
    private ConnectivityState state = ConnectivityState.IDLE;
    private Runnable listener;
    private long now;
    private int resets;

    void become(ConnectivityState next) {
      state = next;
      Runnable told = listener;
      listener = null;
      if (told != null) {
        told.run();
      }
    }

    void pass(Duration time) {
      long end = now + time.toMillis();
      while (!work.isEmpty() && work.peek().at <= end) {
        Work due = work.poll();
        now = due.at;
        due.work.run();
      }
      now = end;
    }

    int waiting() {
      return work.size();
    }

    @Override
    public ConnectivityState state() {
      return state;
    }

    @Override
    public void onChangeFrom(ConnectivityState from, Runnable then) {
      listener = then;
    }

    @Override
    public void resetBackoff() {
      resets++;
    }

    @Override
    public void after(Duration delay, Runnable then) {
      work.add(new Work(now + delay.toMillis(), then));
    }
  }
}
