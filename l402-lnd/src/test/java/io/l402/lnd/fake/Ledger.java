// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import com.google.protobuf.ByteString;
import io.l402.lnd.fake.proto.Invoice;
import io.l402.lnd.fake.proto.Invoice.InvoiceState;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The database of invoices: every one as lnd would send it, by add index, by payment hash and by
 * settle index. Both indexes count from 1. Open invoices are canceled once their time is up by the
 * clock, which is looked at whenever anything is asked.
 */
final class Ledger {
  private record Expiry(Instant at, long addIndex) {}

  private final NavigableMap<Long, Invoice> byAddIndex = new TreeMap<>();
  private final Map<ByteString, Long> byHash = new HashMap<>();
  private final NavigableMap<Long, Long> bySettleIndex = new TreeMap<>();
  private final PriorityQueue<Expiry> expiries =
      new PriorityQueue<>(Comparator.comparing(Expiry::at));
  private final Clock clock;
  private final boolean nativeSqlOrder;
  private final boolean dropCanceled;
  private final Consumer<Invoice> changed;
  private long lastAddIndex;
  private long lastSettleIndex;

  /**
   * @param changed told of every new and every changed invoice, in order
   */
  Ledger(FakeLndBuilder builder, Consumer<Invoice> changed) {
    this.clock = builder.clock;
    this.nativeSqlOrder = builder.nativeSqlOrder;
    this.dropCanceled = builder.dropCanceled;
    this.changed = changed;
  }

  Instant now() {
    return clock.instant();
  }

  synchronized Invoice add(Invoice draft) {
    expire();
    if (byHash.containsKey(draft.getRHash())) {
      throw LndError.of("invoice with payment hash already exists");
    }
    Invoice invoice = draft.toBuilder().setAddIndex(++lastAddIndex).build();
    index(invoice);
    changed.accept(invoice);
    return invoice;
  }

  private void index(Invoice invoice) {
    long addIndex = invoice.getAddIndex();
    byAddIndex.put(addIndex, invoice);
    if (!invoice.getRHash().isEmpty()) {
      byHash.put(invoice.getRHash(), addIndex);
    }
    if (invoice.getState() == InvoiceState.OPEN) {
      long end = invoice.getCreationDate() + invoice.getExpiry();
      expiries.add(new Expiry(Instant.ofEpochSecond(end), addIndex));
    }
    if (invoice.getSettleIndex() > 0) {
      bySettleIndex.put(invoice.getSettleIndex(), addIndex);
    }
  }

  /** Cancels the open invoices whose time is up. */
  synchronized void expire() {
    while (!expiries.isEmpty() && !expiries.peek().at().isAfter(clock.instant())) {
      Invoice invoice = byAddIndex.get(expiries.poll().addIndex());
      if (invoice != null && invoice.getState() == InvoiceState.OPEN) {
        update(invoice.toBuilder().setState(InvoiceState.CANCELED).build());
      }
    }
  }

  synchronized Optional<Invoice> find(ByteString hash) {
    expire();
    return Optional.ofNullable(byHash.get(hash)).map(byAddIndex::get);
  }

  Invoice get(ByteString hash) {
    return find(hash).orElseThrow(() -> LndError.of("unable to locate invoice"));
  }

  synchronized boolean isEmpty() {
    return byAddIndex.isEmpty();
  }

  /** All invoices, in the order they were added. */
  synchronized List<Invoice> all() {
    expire();
    return List.copyOf(byAddIndex.values());
  }

  /** Invoices after an add index, oldest first; or before it, newest first, 0 being the end. */
  synchronized List<Invoice> page(long offset, boolean reversed) {
    expire();
    if (!reversed) {
      return List.copyOf(byAddIndex.tailMap(offset, false).values());
    }
    long end = offset == 0 ? Long.MAX_VALUE : offset;
    return List.copyOf(byAddIndex.headMap(end, false).descendingMap().values());
  }

  synchronized Invoice settle(ByteString hash, ByteString preimage, long msat) {
    Invoice invoice = get(hash);
    refuseFinal(invoice);
    Invoice settled = settled(invoice, msat).setRPreimage(preimage).build();
    update(settled);
    return settled;
  }

  private Invoice.Builder settled(Invoice invoice, long msat) {
    return paid(invoice, msat)
        .setState(InvoiceState.SETTLED)
        .setSettled(true)
        .setSettleIndex(++lastSettleIndex)
        .setSettleDate(clock.instant().getEpochSecond());
  }

  private static Invoice.Builder paid(Invoice invoice, long msat) {
    return invoice.toBuilder().setAmtPaid(msat).setAmtPaidMsat(msat).setAmtPaidSat(msat / 1000);
  }

  synchronized void accept(ByteString hash, long msat) {
    Invoice invoice = get(hash);
    refuseFinal(invoice);
    update(paid(invoice, msat).setState(InvoiceState.ACCEPTED).build());
  }

  /** Canceling twice is no error, canceling what was paid is. */
  synchronized void cancel(ByteString hash) {
    Invoice invoice = get(hash);
    if (invoice.getState() == InvoiceState.SETTLED) {
      throw LndError.of("invoice already settled");
    }
    if (invoice.getState() != InvoiceState.CANCELED) {
      update(invoice.toBuilder().setState(InvoiceState.CANCELED).build());
    }
  }

  private static void refuseFinal(Invoice invoice) {
    if (invoice.getState() == InvoiceState.SETTLED) {
      throw LndError.of("invoice already settled");
    }
    if (invoice.getState() == InvoiceState.CANCELED) {
      throw LndError.of("invoice already canceled");
    }
  }

  /** Adds an invoice that nobody asked for and that is paid at once, as keysend and AMP do. */
  synchronized Invoice addSettled(Invoice draft, long msat) {
    expire();
    Invoice invoice = settled(draft, msat).setAddIndex(++lastAddIndex).build();
    index(invoice);
    changed.accept(invoice);
    return invoice;
  }

  private void update(Invoice invoice) {
    byAddIndex.put(invoice.getAddIndex(), invoice);
    if (invoice.getSettleIndex() > 0) {
      bySettleIndex.put(invoice.getSettleIndex(), invoice.getAddIndex());
    }
    if (dropCanceled && invoice.getState() == InvoiceState.CANCELED) {
      byAddIndex.remove(invoice.getAddIndex());
      byHash.remove(invoice.getRHash());
    }
    changed.accept(invoice);
  }

  /** What a subscriber has missed: after either index, of which 0 asks for nothing. */
  synchronized List<Invoice> backlog(long addIndex, long settleIndex) {
    expire();
    List<Invoice> missed = new ArrayList<>();
    if (addIndex > 0) {
      missed.addAll(byAddIndex.tailMap(addIndex, false).values());
    }
    if (settleIndex > 0) {
      missed.addAll(settledAfter(settleIndex));
    }
    return missed;
  }

  private List<Invoice> settledAfter(long settleIndex) {
    List<Invoice> settled = new ArrayList<>();
    bySettleIndex.tailMap(settleIndex, false).values().forEach(i -> settled.add(byAddIndex.get(i)));
    if (nativeSqlOrder) {
      settled.sort(Comparator.comparingLong(Invoice::getAddIndex));
    }
    return settled;
  }

  synchronized void skipSettleIndexes(int count) {
    lastSettleIndex += count;
  }

  synchronized Snapshot snapshot() {
    return new Snapshot(List.copyOf(byAddIndex.values()), lastAddIndex, lastSettleIndex);
  }

  synchronized void restore(Snapshot snapshot) {
    byAddIndex.clear();
    byHash.clear();
    bySettleIndex.clear();
    expiries.clear();
    snapshot.invoices.forEach(this::index);
    lastAddIndex = snapshot.lastAddIndex;
    lastSettleIndex = snapshot.lastSettleIndex;
  }
}
