// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SerialTest {
  @Test
  void runsOnceMoreForACallFromWithin() {
    AtomicInteger runs = new AtomicInteger();
    Serial[] self = new Serial[1];
    self[0] =
        new Serial(
            () -> {
              if (runs.incrementAndGet() < 3) {
                self[0].run();
              }
            });
    self[0].run();
    assertEquals(3, runs.get());
  }

  @Test
  void neverRunsTwiceAtOnceAndForgetsNobody() throws Exception {
    AtomicInteger pending = new AtomicInteger();
    AtomicBoolean inside = new AtomicBoolean();
    AtomicBoolean overlapped = new AtomicBoolean();
    Serial serial =
        new Serial(
            () -> {
              if (!inside.compareAndSet(false, true)) {
                overlapped.set(true);
              }
              pending.set(0);
              inside.set(false);
            });
    CountDownLatch go = new CountDownLatch(1);
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new Thread(() -> call(serial, pending, go));
      threads[i].start();
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertFalse(overlapped.get());
    assertEquals(0, pending.get());
  }

  private static void call(Serial serial, AtomicInteger pending, CountDownLatch go) {
    try {
      go.await();
    } catch (InterruptedException e) {
      return;
    }
    for (int i = 0; i < 100_000; i++) {
      pending.incrementAndGet();
      serial.run();
    }
  }
}
