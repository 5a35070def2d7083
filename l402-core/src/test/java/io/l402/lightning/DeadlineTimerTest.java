// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DeadlineTimerTest {
  private final DeadlineTimer timer = DeadlineTimer.ownThread();

  @Test
  void doesTheWorkOnADaemonThreadThatEndsWithIt() throws Exception {
    AtomicReference<Thread> thread = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(1);
    timer.after(
        Duration.ofMillis(1),
        () -> {
          thread.set(Thread.currentThread());
          done.countDown();
        });
    assertTrue(done.await(10, TimeUnit.SECONDS));
    assertTrue(thread.get().isDaemon());
    timer.close();
    assertFalse(thread.get().isAlive());
  }

  @Test
  void doesNotDoWhatIsCanceled() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch later = new CountDownLatch(1);
    AtomicBoolean ran = new AtomicBoolean();
    timer.after(Duration.ZERO, () -> Awaitility.await().until(() -> busy.getCount() == 0));
    timer.after(Duration.ofMillis(1), () -> ran.set(true)).run();
    timer.after(Duration.ofMillis(2), later::countDown);
    busy.countDown();
    assertTrue(later.await(10, TimeUnit.SECONDS));
    assertFalse(ran.get());
    timer.close();
  }

  @Test
  void doesNothingAfterItIsClosed() {
    timer.close();
    timer.after(Duration.ZERO, () -> {}).run();
  }
}
