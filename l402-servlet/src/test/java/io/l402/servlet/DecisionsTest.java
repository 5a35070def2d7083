// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.gate.Decision;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DecisionsTest {
  private static final Duration NONE = Duration.ofMillis(1);
  private static final Decision FREE = new Decision.Free(Decision.Free.Why.AUTH_OFF);

  @Test
  void takesOutWhatWasDecided() {
    assertEquals(FREE, Decisions.now(CompletableFuture.completedFuture(FREE)));
    assertEquals(FREE, Decisions.await(CompletableFuture.completedFuture(FREE), NONE));
    assertEquals(FREE, Decisions.of(FREE, null));
  }

  @Test
  void refusesWhatIsNoDecision() {
    CompletableFuture<Decision> failed =
        CompletableFuture.failedFuture(new IllegalStateException("expected by a test"));
    CompletableFuture<Decision> cancelled = new CompletableFuture<>();
    cancelled.cancel(false);
    for (CompletableFuture<Decision> future :
        java.util.List.of(failed, cancelled, CompletableFuture.<Decision>completedFuture(null))) {
      assertEquals(Decisions.UNAVAILABLE, Decisions.now(future));
      assertEquals(Decisions.UNAVAILABLE, Decisions.await(future, NONE));
    }
    assertEquals(Decisions.UNAVAILABLE, Decisions.of(FREE, new Error("expected by a test")));
    assertTrue(Decisions.UNAVAILABLE instanceof Decision.Denied);
  }

  @Test
  void waitsNoLongerThanItMay() {
    assertEquals(Decisions.UNAVAILABLE, Decisions.await(new CompletableFuture<>(), NONE));
  }

  @Test
  void staysInterruptedWhenItWasInterrupted() {
    Thread.currentThread().interrupt();
    assertEquals(
        Decisions.UNAVAILABLE, Decisions.await(new CompletableFuture<>(), Duration.ofMinutes(1)));
    assertTrue(Thread.interrupted());
  }
}
