// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.l402.lnd.fake.proto.Invoice;
import io.l402.lnd.fake.proto.InvoiceSubscription;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Everybody who listens to invoices. */
final class Subscriptions {
  private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
  private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
  private final Faults faults;

  Subscriptions(Faults faults) {
    this.faults = faults;
  }

  /** Told by the ledger, in order. */
  void changed(Invoice invoice) {
    subscribers.forEach(s -> s.live(invoice));
    watchers.forEach(w -> w.see(invoice));
  }

  /** First registered, then served the backlog: what happens in between comes twice, as in lnd. */
  void subscribe(InvoiceSubscription request, StreamObserver<Invoice> observer, Ledger ledger) {
    ServerCallStreamObserver<Invoice> stream = (ServerCallStreamObserver<Invoice>) observer;
    long addIndex = request.getAddIndex();
    long settleIndex = request.getSettleIndex();
    Subscriber subscriber = new Subscriber(stream, faults::eventOrder, addIndex, settleIndex);
    stream.setOnCancelHandler(() -> subscribers.remove(subscriber));
    faults.runBeforeSubscribing();
    subscribers.add(subscriber);
    faults.runBeforeBacklog();
    ledger.backlog(addIndex, settleIndex).forEach(subscriber::backlog);
  }

  /** The current state first; silence for a hash nobody knows. */
  void watch(ByteString hash, StreamObserver<Invoice> observer, Ledger ledger) {
    ServerCallStreamObserver<Invoice> stream = (ServerCallStreamObserver<Invoice>) observer;
    Watcher watcher = new Watcher(stream, hash);
    stream.setOnCancelHandler(() -> watchers.remove(watcher));
    synchronized (ledger) {
      ledger.find(hash).ifPresent(watcher::see);
      watchers.add(watcher);
    }
  }

  int size() {
    return subscribers.size();
  }

  /** The good end: lnd shuts down. */
  void complete() {
    subscribers.forEach(Subscriber::complete);
    watchers.forEach(Watcher::complete);
    forget();
  }

  /** The bad end. */
  void fail(Status status) {
    subscribers.forEach(s -> s.fail(status));
    watchers.forEach(w -> w.fail(status));
    forget();
  }

  private void forget() {
    subscribers.clear();
    watchers.clear();
  }
}
