// SPDX-License-Identifier: Apache-2.0
package io.l402.testkit;

import io.l402.PaymentHash;
import io.l402.Preimage;
import io.l402.lightning.InvoiceState;
import io.l402.lightning.LightningException;
import io.l402.lightning.LightningException.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The invoices of the fake node, oldest first, at most {@code capacity}. When it is full the oldest
 * one that was canceled or not paid in time leaves, then the oldest paid one whose time is up. A
 * live one never leaves: nobody can push it out by asking for more.
 */
final class FakeInvoices {
  private final Map<PaymentHash, FakeInvoice> byHash = new LinkedHashMap<>();
  private final Clock clock;
  private final int capacity;

  FakeInvoices(Clock clock, int capacity) {
    this.clock = clock;
    this.capacity = capacity;
  }

  synchronized void add(FakeInvoice invoice) {
    Instant now = clock.instant();
    boolean room =
        byHash.size() < capacity
            || removeOldest(i -> i.state(now) == InvoiceState.CANCELED)
            || removeOldest(i -> i.state == InvoiceState.SETTLED && i.isExpired(now));
    if (!room) {
      throw new LightningException(
          Kind.RETRYABLE, "fake node: full of " + capacity + " invoices that can be paid");
    }
    byHash.put(invoice.preimage.paymentHash(), invoice);
  }

  private boolean removeOldest(Predicate<FakeInvoice> dead) {
    for (Iterator<FakeInvoice> all = byHash.values().iterator(); all.hasNext(); ) {
      if (dead.test(all.next())) {
        all.remove();
        return true;
      }
    }
    return false;
  }

  synchronized Optional<FakeInvoice> find(PaymentHash hash) {
    return Optional.ofNullable(byHash.get(hash));
  }

  synchronized Optional<InvoiceState> state(PaymentHash hash) {
    return find(hash).map(i -> i.state(clock.instant()));
  }

  synchronized int size() {
    return byHash.size();
  }

  synchronized Preimage settle(PaymentHash hash) {
    FakeInvoice invoice = payable(hash);
    invoice.state = InvoiceState.SETTLED;
    return invoice.preimage;
  }

  synchronized void accept(PaymentHash hash) {
    payable(hash).state = InvoiceState.ACCEPTED;
  }

  /** Canceling twice is no error, canceling what was paid is. */
  synchronized void cancel(PaymentHash hash) {
    FakeInvoice invoice = find(hash).orElseThrow(() -> rejected("no such invoice"));
    if (invoice.state == InvoiceState.SETTLED) {
      throw rejected("the invoice is already paid");
    }
    invoice.state = InvoiceState.CANCELED;
  }

  private FakeInvoice payable(PaymentHash hash) {
    FakeInvoice invoice = find(hash).orElseThrow(() -> rejected("no such invoice"));
    InvoiceState state = invoice.state(clock.instant());
    if (state == InvoiceState.SETTLED) {
      throw rejected("the invoice is already paid");
    }
    if (state == InvoiceState.CANCELED) {
      throw rejected("the invoice is canceled or expired");
    }
    return invoice;
  }

  static LightningException rejected(String why) {
    return new LightningException(Kind.REJECTED, "fake node: " + why);
  }
}
