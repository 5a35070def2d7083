// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class VisitsTest {
  private final Visits visits = new Visits();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final CountDownLatch go = new CountDownLatch(1);

  /** Somebody who writes, and does not end before he is let go. */
  private CompletableFuture<Void> writer() throws InterruptedException {
    CountDownLatch there = new CountDownLatch(1);
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () ->
                visits.visit(
                    () -> {
                      there.countDown();
                      awaitGo();
                      visits.visit(() -> events.add("written"));
                    }));
    there.await();
    return writer;
  }

  private void awaitGo() {
    try {
      go.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void areNotOverBeforeAllHaveLeft() throws Exception {
    writer();
    Thread container =
        new Thread(
            () -> {
              visits.end();
              events.add("over");
            });
    container.start();
    await().until(() -> container.getState() == Thread.State.WAITING);
    go.countDown();
    container.join();
    assertEquals(List.of("written", "over"), events);
  }

  @Test
  void areNotBegunWhenTheyAreOver() {
    visits.end();
    visits.visit(() -> events.add("written"));
    assertEquals(List.of(), events);
  }

  /** Containers tell their listeners while they are being called. */
  @Test
  void canBeEndedByWhoeverIsThere() {
    visits.visit(visits::end);
    visits.visit(() -> events.add("written"));
    assertEquals(List.of(), events);
  }

  @Test
  void haveTheLastThingDoneByWhoeverLeavesLast() throws Exception {
    CompletableFuture<Void> writer = writer();
    visits.last(() -> events.add("last"));
    visits.visit(() -> events.add("too late"));
    assertEquals(List.of(), events);
    go.countDown();
    writer.join();
    assertEquals(List.of("written", "last"), events);
  }

  @Test
  void haveTheLastThingDoneAtOnceWhenNobodyIsThere() {
    visits.last(() -> events.add("last"));
    visits.last(() -> events.add("once more"));
    assertEquals(List.of("last"), events);
  }

  @Test
  void areOverWhenTheyFail() {
    IllegalStateException why = new IllegalStateException();
    assertThrows(
        IllegalStateException.class,
        () ->
            visits.visit(
                () -> {
                  throw why;
                }));
    CompletableFuture.runAsync(visits::end).join();
  }
}
