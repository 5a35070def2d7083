// SPDX-License-Identifier: Apache-2.0
package io.l402.testkit.contract;

import io.l402.PaymentHash;
import io.l402.lightning.SettlementListener;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers the payments it heard of, and waits for one. */
final class Heard implements SettlementListener {
  private final Map<PaymentHash, String> cursors = new LinkedHashMap<>();
  private final AtomicInteger running = new AtomicInteger();
  private final Duration patience;
  private boolean overlapped;

  Heard(Duration patience) {
    this.patience = patience;
  }

  @Override
  public void settled(PaymentHash paymentHash, String cursor) {
    boolean alone = running.incrementAndGet() == 1;
    synchronized (this) {
      overlapped |= !alone;
      cursors.put(paymentHash, cursor);
      notifyAll();
    }
    running.decrementAndGet();
  }

  /** The cursor that came with a payment, as soon as it is heard of. */
  synchronized String await(PaymentHash hash) throws Exception {
    long end = System.nanoTime() + patience.toNanos();
    while (!cursors.containsKey(hash)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new TimeoutException("not heard of " + hash);
      }
      wait(left);
    }
    return cursors.get(hash);
  }

  synchronized Set<PaymentHash> hashes() {
    return Set.copyOf(cursors.keySet());
  }

  synchronized boolean overlapped() {
    return overlapped;
  }
}
