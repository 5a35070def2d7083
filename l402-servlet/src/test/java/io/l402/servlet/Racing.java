// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntUnaryOperator;

/** Lets threads loose on something at the same moment. */
final class Racing {
  private Racing() {}

  /** Runs the task once in each thread, given its number, and adds up what they return. */
  static int sum(int threads, IntUnaryOperator task) throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Integer>> results = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        results.add(
            pool.submit(
                () -> {
                  start.await();
                  return task.applyAsInt(thread);
                }));
      }
      start.countDown();
      return sum(results);
    } finally {
      pool.shutdownNow();
    }
  }

  private static int sum(List<Future<Integer>> results) throws InterruptedException {
    int sum = 0;
    for (Future<Integer> result : results) {
      try {
        sum += result.get();
      } catch (ExecutionException e) {
        throw new AssertionError(e.getCause());
      }
    }
    return sum;
  }
}
