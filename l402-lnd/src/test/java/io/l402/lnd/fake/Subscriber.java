// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.l402.lnd.fake.proto.Invoice;
import io.l402.lnd.fake.proto.Invoice.InvoiceState;
import java.util.function.Supplier;

/**
 * One SubscribeInvoices stream. As in lnd its cursors start where the request says and move with
 * live events only, so the backlog may repeat what came live, and a live event at or before a
 * cursor is left out: who asks for more than a restored node has is told nothing.
 */
final class Subscriber {
  private final ServerCallStreamObserver<Invoice> stream;
  private final Supplier<EventOrder> order;
  private long addIndex;
  private long settleIndex;
  private Invoice held;
  private boolean ended;

  Subscriber(
      ServerCallStreamObserver<Invoice> stream,
      Supplier<EventOrder> order,
      long addIndex,
      long settleIndex) {
    this.stream = stream;
    this.order = order;
    this.addIndex = addIndex;
    this.settleIndex = settleIndex;
  }

  synchronized void live(Invoice invoice) {
    if (invoice.getState() == InvoiceState.OPEN && invoice.getAddIndex() > addIndex) {
      addIndex = invoice.getAddIndex();
      send(invoice);
    } else if (isSettled(invoice) && invoice.getSettleIndex() > settleIndex) {
      settleIndex = invoice.getSettleIndex();
      send(invoice);
    }
  }

  private static boolean isSettled(Invoice invoice) {
    return invoice.getState() == InvoiceState.SETTLED;
  }

  synchronized void backlog(Invoice invoice) {
    if (invoice.getState() == InvoiceState.OPEN || isSettled(invoice)) {
      send(invoice);
    }
  }

  private void send(Invoice invoice) {
    switch (order.get()) {
      case DUPLICATED -> {
        next(invoice);
        next(invoice);
      }
      case SWAPPED -> swap(invoice);
      default -> next(invoice);
    }
  }

  private void swap(Invoice invoice) {
    if (held == null) {
      held = invoice;
      return;
    }
    next(invoice);
    next(held);
    held = null;
  }

  private void next(Invoice invoice) {
    if (!ended) {
      stream.onNext(invoice);
    }
  }

  synchronized void complete() {
    if (!ended) {
      ended = true;
      stream.onCompleted();
    }
  }

  synchronized void fail(Status status) {
    if (!ended) {
      ended = true;
      stream.onError(status.asRuntimeException());
    }
  }
}
