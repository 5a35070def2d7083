// SPDX-License-Identifier: Apache-2.0
package io.l402.it.ldk;

import io.l402.PaymentHash;
import io.l402.lightning.SettlementListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Payments in the order they came. A cursor is how many have been heard. */
final class SettlementLog {
  private final List<PaymentHash> payments = new CopyOnWriteArrayList<>();
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private final ExecutorService teller = Executors.newSingleThreadExecutor();

  void add(PaymentHash hash) {
    payments.add(hash);
    teller.execute(() -> subscriptions.forEach(Subscription::tell));
  }

  AutoCloseable subscribe(String cursor, SettlementListener listener) {
    int heard = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
    Subscription subscription = new Subscription(listener, heard);
    subscriptions.add(subscription);
    teller.execute(subscription::tell);
    return () -> subscriptions.remove(subscription);
  }

  void close() {
    subscriptions.clear();
    teller.shutdown();
  }

  private final class Subscription {
    private final SettlementListener listener;
    private int heard;

    Subscription(SettlementListener listener, int heard) {
      this.listener = listener;
      this.heard = heard;
    }

    void tell() {
      while (heard < payments.size() && subscriptions.contains(this)) {
        PaymentHash hash = payments.get(heard++);
        listener.settled(hash, Integer.toString(heard));
      }
    }
  }
}
