// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.l402.servlet.Upstream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Who is waited for, and for how long. */
class ProgressTest {
  private static final Duration FIRST_BYTE = Duration.ofMinutes(10);
  private static final Duration IDLE = Duration.ofMinutes(30);
  private static final Upstream.Timeouts TIMEOUTS =
      new Upstream.Timeouts(Duration.ofMinutes(1), FIRST_BYTE, IDLE);

  private final AtomicBoolean unanswered = new AtomicBoolean(true);
  private final RequestPump request = mock(RequestPump.class);
  private final ResponsePump response = mock(ResponsePump.class);

  private Progress progress(boolean requestSent) {
    return new Progress(TIMEOUTS, requestSent, unanswered::get);
  }

  private static long in(Duration time) {
    return System.nanoTime() + time.toNanos();
  }

  @Test
  void waitsForAnAnswerOnceTheRequestIsSentAndForWhateverMovesElse() {
    Progress progress = progress(false);
    assertEquals(IDLE, progress.limit());
    progress.requestEnded();
    assertEquals(FIRST_BYTE, progress.limit());
    unanswered.set(false);
    assertEquals(IDLE, progress.limit());
    unanswered.set(true);
    assertEquals(FIRST_BYTE, progress(true).limit());
  }

  @Test
  void isOverdueOnceAndOnlyWhenTheTimeIsUp() {
    Progress progress = progress(true);
    assertFalse(progress.isOverdue(in(FIRST_BYTE.minusMinutes(1))));
    assertTrue(progress.isOverdue(in(FIRST_BYTE.plusNanos(1))));
    assertFalse(progress.isOverdue(in(FIRST_BYTE.plusNanos(1))));
  }

  @Test
  void isNotOverdueWhileSomethingMoves() {
    Progress progress = progress(true);
    long before = System.nanoTime();
    while (System.nanoTime() == before) {
      Thread.onSpinWait();
    }
    progress.moved();
    assertFalse(progress.isOverdue(before + FIRST_BYTE.toNanos() + 1));
  }

  /** The answer begins while it is looked at. */
  @Test
  void measuresByTheLimitOfWhatMovedLast() {
    Progress[] progress = new Progress[1];
    progress[0] =
        new Progress(
            new Upstream.Timeouts(FIRST_BYTE, IDLE, FIRST_BYTE),
            true,
            () -> {
              progress[0].moved();
              return false;
            });
    long before = System.nanoTime();
    while (System.nanoTime() == before) {
      Thread.onSpinWait();
    }
    assertFalse(progress[0].isOverdue(before + FIRST_BYTE.toNanos() + 1));
  }

  @Test
  void blamesTheClientForWhatItSentWrong() {
    Progress progress = progress(false);
    progress.clientFailed();
    assertEquals(Failure.BAD_REQUEST, progress.fault());
  }

  @Test
  void blamesTheUpstreamForWhatItDoesNotAnswerOrTake() {
    Progress progress = progress(false);
    assertEquals(Failure.SLOW_UPSTREAM, progress.stalled());
    progress.requestThrough(request);
    assertEquals(Failure.SLOW_UPSTREAM, progress.stalled());
    progress.responseThrough(response);
    assertEquals(Failure.SLOW_UPSTREAM, progress.stalled());
    assertEquals(Failure.BAD_GATEWAY, progress.fault());
  }

  @Test
  void blamesTheClientForABodyThatItDoesNotSend() {
    Progress progress = progress(false);
    progress.requestThrough(request);
    when(request.isWaitingForClient()).thenReturn(true);
    assertEquals(Failure.SLOW_CLIENT, progress.stalled());
    assertEquals(Failure.SLOW_CLIENT, progress.fault());
    progress.requestEnded();
    assertEquals(Failure.SLOW_UPSTREAM, progress.stalled());
    assertEquals(Failure.BAD_GATEWAY, progress.fault());
  }

  @Test
  void blamesTheClientForAnAnswerThatItDoesNotRead() {
    Progress progress = progress(true);
    progress.responseThrough(response);
    when(response.isWaitingForClient()).thenReturn(true);
    assertEquals(Failure.SLOW_CLIENT, progress.stalled());
  }

  @Test
  void looksForTheEndOfABodyUntilItIsSent() {
    Progress progress = progress(false);
    progress.nudge(true); // nothing is there yet
    progress.requestThrough(request);
    progress.nudge(false);
    verify(request).check();
    progress.requestEnded();
    progress.nudge(false);
    verify(request).check();
  }

  @Test
  void flushesAgainOnlyForAContainerThatForgets() {
    Progress progress = progress(true);
    progress.responseThrough(response);
    progress.nudge(false);
    verify(response, never()).flushAgain();
    progress.nudge(true);
    verify(response).flushAgain();
  }

  @Test
  void breaksOffWhatThereIsOfTheBodies() {
    Progress progress = progress(false);
    IOException why = new IOException("expected by a test");
    progress.stopRequest();
    assertFalse(progress.breakOffResponse(why));
    progress.requestThrough(request);
    progress.responseThrough(response);
    progress.stopRequest();
    assertTrue(progress.breakOffResponse(why));
    verify(request).stop();
    verify(response).breakOff(why);
  }

  @Test
  void blamesTheClientForAnAnswerThatBreaksOffWhileItDoesNotRead() {
    Progress progress = progress(true);
    progress.responseThrough(response);
    when(response.isWaitingForClient()).thenReturn(true);
    progress.upstreamBroke(in(Duration.ofSeconds(4)));
    assertEquals(Failure.BAD_GATEWAY, progress.fault());
    progress.upstreamBroke(in(Duration.ofSeconds(6)));
    assertEquals(Failure.SLOW_CLIENT, progress.fault());
  }

  @Test
  void blamesTheUpstreamThatBreaksOffWhileNobodyHasAnythingToSay() {
    Progress progress = progress(false);
    progress.requestThrough(request);
    progress.responseThrough(response);
    when(request.isWaitingForClient()).thenReturn(true);
    progress.upstreamBroke(in(Duration.ofSeconds(60)));
    assertEquals(Failure.BAD_GATEWAY, progress.fault());
  }
}
