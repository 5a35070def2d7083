// SPDX-License-Identifier: Apache-2.0
package io.l402.testkit;

import io.l402.PaymentHash;
import io.l402.lightning.LightningException;
import io.l402.lightning.LightningException.Kind;
import io.l402.lightning.SettlementListener;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The payments of the fake node in the order they came, and who wants to hear of them. A cursor is
 * the number of the last payment heard. The last {@code capacity} payments are kept.
 */
final class FakeSettlements {
  private final NavigableMap<Long, PaymentHash> log = new TreeMap<>();
  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor teller =
      new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
  private final int capacity;
  private final BooleanSupplier reachable;
  private long last;

  FakeSettlements(int capacity, BooleanSupplier reachable) {
    this.capacity = capacity;
    this.reachable = reachable;
    teller.allowCoreThreadTimeOut(true);
  }

  void settled(PaymentHash hash) {
    synchronized (this) {
      log.put(++last, hash);
      if (log.size() > capacity) {
        log.pollFirstEntry();
      }
    }
    tell();
  }

  /** Wakes every subscription, such as when the node is reachable again. */
  void tell() {
    subscriptions.forEach(Subscription::wake);
  }

  AutoCloseable subscribe(String cursor, SettlementListener listener) {
    Subscription subscription = new Subscription(number(cursor), listener);
    subscriptions.add(subscription);
    subscription.wake();
    return () -> subscriptions.remove(subscription);
  }

  private static long number(String cursor) {
    try {
      return cursor.isEmpty() ? 0 : Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw new LightningException(Kind.REJECTED, "fake node: no such cursor", e);
    }
  }

  private synchronized Map.Entry<Long, PaymentHash> after(long number) {
    return log.higherEntry(number);
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "fake-lightning-settlements");
    thread.setDaemon(true);
    return thread;
  }

  void close() {
    subscriptions.clear();
    teller.shutdown();
  }

  /** Runs on the one telling thread only, so that calls never overlap. */
  private final class Subscription {
    private final SettlementListener listener;
    private long heard;

    Subscription(long heard, SettlementListener listener) {
      this.heard = heard;
      this.listener = listener;
    }

    void wake() {
      try {
        teller.execute(this::drain);
      } catch (java.util.concurrent.RejectedExecutionException closed) {
        subscriptions.remove(this);
      }
    }

    private void drain() {
      Map.Entry<Long, PaymentHash> next = after(heard);
      while (next != null && subscriptions.contains(this) && reachable.getAsBoolean()) {
        heard = next.getKey();
        tell(next.getValue());
        next = after(heard);
      }
    }

    /** One that throws has heard, too: the fault is its own. */
    private void tell(PaymentHash hash) {
      try {
        listener.settled(hash, Long.toString(heard));
      } catch (RuntimeException e) {
        System.getLogger(FakeLightning.class.getName())
            .log(System.Logger.Level.WARNING, "a settlement listener failed", e);
      }
    }
  }
}
