// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private final AtomicLong nanos = new AtomicLong(-5);
  private double random;
  private final CircuitBreaker breaker = new CircuitBreaker(nanos::get, () -> random);

  @Test
  void staysClosedWithFourFailures() {
    fail(4);
    breaker.enter();
  }

  @Test
  void opensAfterFiveFailuresWithinTenSeconds() {
    fail(4);
    pass(Duration.ofSeconds(10));
    fail(1);
    assertOpen();
  }

  @Test
  void staysClosedWhenFailuresAreFarBetween() {
    for (int i = 0; i < 50; i++) {
      fail(1);
      pass(Duration.ofMillis(2501));
    }
    breaker.enter();
  }

  @Test
  void letsOneProbeThroughAfterASecond() {
    fail(5);
    pass(Duration.ofMillis(999));
    assertOpen();
    pass(Duration.ofMillis(1));
    long probe = breaker.enter();
    assertOpen();
    breaker.succeeded(probe);
    breaker.enter();
    breaker.enter();
  }

  @Test
  void waitsTwiceAsLongAfterEachProbeThatFailsUpTo24Seconds() {
    fail(5);
    for (int seconds : new int[] {1, 2, 4, 8, 16, 24, 24}) {
      assertEquals(Duration.ofSeconds(seconds), assertOpen());
      pass(Duration.ofSeconds(seconds));
      breaker.failed(breaker.enter());
    }
  }

  @Test
  void beginsAnewWithASecondOnceAProbeHasWorked() {
    fail(5);
    pass(Duration.ofSeconds(1));
    breaker.failed(breaker.enter());
    pass(Duration.ofSeconds(2));
    breaker.succeeded(breaker.enter());
    fail(4);
    breaker.enter();
    fail(1);
    assertEquals(Duration.ofSeconds(1), assertOpen());
  }

  @Test
  void spreadsTheWaitByUpToAQuarter() {
    random = 0.8;
    fail(5);
    assertEquals(Duration.ofMillis(1200), assertOpen());
  }

  @Test
  void neverTellsToComeBackInLessThanASecond() {
    fail(5);
    pass(Duration.ofMillis(900));
    assertEquals(Duration.ofSeconds(1), assertOpen());
  }

  @Test
  void ignoresWhatCallsFromBeforeTell() {
    long before = breaker.enter();
    fail(5);
    breaker.succeeded(before);
    assertOpen();
    pass(Duration.ofSeconds(1));
    long probe = breaker.enter();
    breaker.failed(before);
    breaker.succeeded(before);
    assertOpen();
    breaker.succeeded(probe);
    breaker.enter();
  }

  @Test
  void letsExactlyOneOfManyThreadsProbe() throws Exception {
    fail(5);
    pass(Duration.ofSeconds(1));
    AtomicInteger entered = new AtomicInteger();
    Thread[] threads = new Thread[8];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new Thread(() -> tryEnter(entered));
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(1, entered.get());
  }

  private void tryEnter(AtomicInteger entered) {
    try {
      breaker.enter();
      entered.incrementAndGet();
    } catch (LightningException open) {
      // one of the seven
    }
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed(breaker.enter());
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private Duration assertOpen() {
    return assertThrows(LightningException.class, breaker::enter).retryAfter().orElseThrow();
  }
}
