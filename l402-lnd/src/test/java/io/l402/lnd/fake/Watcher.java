// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.l402.lnd.fake.proto.Invoice;
import io.l402.lnd.fake.proto.Invoice.InvoiceState;

/** One SubscribeSingleInvoice stream: every state of one invoice, and the end after the last. */
final class Watcher {
  private final ServerCallStreamObserver<Invoice> stream;
  private final ByteString hash;
  private boolean ended;

  Watcher(ServerCallStreamObserver<Invoice> stream, ByteString hash) {
    this.stream = stream;
    this.hash = hash;
  }

  synchronized void see(Invoice invoice) {
    if (ended || !invoice.getRHash().equals(hash)) {
      return;
    }
    stream.onNext(invoice);
    InvoiceState state = invoice.getState();
    if (state == InvoiceState.SETTLED || state == InvoiceState.CANCELED) {
      complete();
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
