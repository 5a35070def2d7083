// SPDX-License-Identifier: Apache-2.0
package io.l402.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadsTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Threads threads = new Threads("mine-");
  private final CountDownLatch goOn = new CountDownLatch(1);

  @AfterEach
  void end() {
    goOn.countDown();
    threads.join(LONG);
  }

  private void untilToldTo() {
    try {
      goOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void makesNumberedDaemons() {
    assertEquals("mine-1", threads.newThread(() -> {}).getName());
    Thread second = threads.newThread(() -> {});
    assertEquals("mine-2", second.getName());
    assertTrue(second.isDaemon());
  }

  @Test
  void waitsForTheirEnd() {
    Thread thread = threads.newThread(this::untilToldTo);
    thread.start();
    goOn.countDown();
    threads.join(LONG);
    assertFalse(thread.isAlive());
  }

  @Test
  void waitsNoLongerThanItIsTold() {
    Thread thread = threads.newThread(this::untilToldTo);
    thread.start();
    threads.join(Duration.ofMillis(1));
    assertTrue(thread.isAlive());
  }

  @Test
  void waitsAlsoInAThreadThatWasInterruptedBeforeAndKeepsThat() {
    Thread thread = threads.newThread(() -> {});
    thread.start();
    Thread.currentThread().interrupt();
    threads.join(LONG);
    assertTrue(Thread.interrupted());
    assertFalse(thread.isAlive());
  }

  @Test
  void doesNotWaitForItself() throws Exception {
    CountDownLatch joined = new CountDownLatch(1);
    Thread thread =
        threads.newThread(
            () -> {
              threads.join(LONG);
              joined.countDown();
            });
    thread.start();
    joined.await();
    assertEquals(0, joined.getCount());
  }
}
