// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.l402.lnd.fake.proto.Invoice;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** What came over a stream of invoices, and how it ended. */
final class Events implements StreamObserver<Invoice> {
  private final List<Invoice> invoices = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Status> end = new CompletableFuture<>();

  @Override
  public void onNext(Invoice invoice) {
    invoices.add(invoice);
  }

  @Override
  public void onError(Throwable error) {
    end.complete(Status.fromThrowable(error));
  }

  @Override
  public void onCompleted() {
    end.complete(Status.OK);
  }

  /** Such as {@code OPEN 1/0}: the state, the add index and the settle index of each. */
  List<String> seen() {
    return invoices.stream()
        .map(i -> i.getState() + " " + i.getAddIndex() + "/" + i.getSettleIndex())
        .toList();
  }

  boolean isOpen() {
    return !end.isDone();
  }

  Status end() {
    try {
      return end.get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the stream goes on", e);
    }
  }
}
