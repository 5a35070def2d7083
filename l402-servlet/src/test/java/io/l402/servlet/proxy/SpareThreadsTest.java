// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TransferQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SpareThreadsTest {
  private final ExecutorService pool = SpareThreads.pool(2, "spare");
  private final CountDownLatch go = new CountDownLatch(1);
  private final BlockingQueue<String> done = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    go.countDown();
    pool.shutdownNow();
  }

  private void wait(String name) {
    pool.execute(
        () -> {
          try {
            go.await();
            done.add(name);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Test
  void useOneThatHasNothingToDoBeforeAnother() throws Exception {
    pool.execute(() -> done.add(Thread.currentThread().getName()));
    assertEquals("spare", done.poll(10, TimeUnit.SECONDS));
    TransferQueue<Runnable> queue =
        (TransferQueue<Runnable>) ((ThreadPoolExecutor) pool).getQueue();
    Awaitility.await().until(queue::hasWaitingConsumer);
    wait("second");
    assertEquals(1, ((ThreadPoolExecutor) pool).getPoolSize());
  }

  @Test
  void keepWhatComesWhileAllAreBusy() throws Exception {
    wait("a");
    wait("b");
    wait("c");
    assertEquals(2, ((ThreadPoolExecutor) pool).getPoolSize());
    go.countDown();
    for (int i = 0; i < 3; i++) {
      assertEquals(1, done.poll(10, TimeUnit.SECONDS).length());
    }
  }

  @Test
  void loseNothingThatComesWhenTheyHaveEnded() {
    pool.shutdown();
    pool.execute(() -> done.add(Thread.currentThread().getName()));
    assertEquals(Thread.currentThread().getName(), done.poll());
  }
}
