// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.l402.PaymentHash;
import io.l402.lightning.LightningException;
import io.l402.lightning.LightningException.Kind;
import io.l402.lnd.proto.AddInvoiceResponse;
import io.l402.lnd.proto.CancelInvoiceMsg;
import io.l402.lnd.proto.CancelInvoiceResp;
import io.l402.lnd.proto.GetStateRequest;
import io.l402.lnd.proto.GetStateResponse;
import io.l402.lnd.proto.Invoice;
import io.l402.lnd.proto.InvoiceSubscription;
import io.l402.lnd.proto.InvoicesGrpc;
import io.l402.lnd.proto.LightningGrpc;
import io.l402.lnd.proto.ListInvoiceRequest;
import io.l402.lnd.proto.ListInvoiceResponse;
import io.l402.lnd.proto.StateGrpc;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * lnd's calls, each with a deadline, as stages that fail with a {@link LightningException}.
 *
 * <p>Safe for use by many threads.
 */
final class LndClient implements AutoCloseable {
  /** Invoices that were paid in many parts are long; anything else that is so is refused. */
  private static final int LARGE = 64 << 20;

  private static final int NEVER = -1;
  private static final int SILENCES = 2;
  private static final long RECONNECT_PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

  private final LndChannel channel;
  private final MacaroonSource macaroon;
  private final CallOptions signed;
  private final Duration deadline;
  private final LongSupplier nanoTime;
  private final AtomicInteger silences = new AtomicInteger();
  private final AtomicLong reconnectedAt;
  private final Map<String, LightningException> refusals = new ConcurrentHashMap<>();
  private volatile int provenOn = NEVER;

  LndClient(LndChannel channel, MacaroonSource macaroon, Duration deadline, LongSupplier nanoTime) {
    this.channel = channel;
    this.macaroon = macaroon;
    this.signed = CallOptions.DEFAULT.withCallCredentials(new MacaroonCredentials(macaroon));
    this.deadline = deadline;
    this.nanoTime = nanoTime;
    this.reconnectedAt = new AtomicLong(nanoTime.getAsLong() - RECONNECT_PAUSE_NANOS);
  }

  CompletableFuture<AddInvoiceResponse> addInvoice(Invoice invoice) {
    return this.<Invoice, AddInvoiceResponse>call(
            "AddInvoice", LightningGrpc.getAddInvoiceMethod(), signed, invoice, deadline)
        .whenComplete((made, failure) -> prove(failure));
  }

  /** An answer, or a refusal of the request itself: lnd has looked at the macaroon before. */
  private void prove(Throwable failure) {
    if (failure == null || failure instanceof LightningException e && e.kind() == Kind.REJECTED) {
      provenOn = channel.connections();
    }
  }

  /**
   * Whether lnd has made an invoice, or could have, on this connection, and nothing failed since.
   */
  boolean isMacaroonProven() {
    return provenOn == channel.connections();
  }

  /** The invoice; empty if lnd does not know it. */
  CompletableFuture<Optional<Invoice>> lookupInvoice(PaymentHash hash) {
    var request =
        io.l402.lnd.proto.PaymentHash.newBuilder()
            .setRHash(ByteString.copyFrom(hash.toByteArray()))
            .build();
    return call(
        "LookupInvoice",
        LndMethods.LOOK_UP,
        signed,
        request,
        deadline,
        Optional::of,
        status -> LndErrors.isUnknownInvoice(status) ? Optional.empty() : null);
  }

  /** A page of invoices; reading one takes lnd longer than it takes to make an invoice. */
  CompletableFuture<ListInvoiceResponse> listInvoices(ListInvoiceRequest page, Duration patience) {
    CallOptions options = signed.withMaxInboundMessageSize(LARGE);
    return call("ListInvoices", LndMethods.LIST, options, page, patience);
  }

  /** Cancels an invoice. One that lnd does not know, or no more, cannot be paid either. */
  CompletableFuture<CancelInvoiceResp> cancelInvoice(PaymentHash hash) {
    var request =
        CancelInvoiceMsg.newBuilder()
            .setPaymentHash(ByteString.copyFrom(hash.toByteArray()))
            .build();
    CancelInvoiceResp done = CancelInvoiceResp.getDefaultInstance();
    return call(
        "CancelInvoice",
        InvoicesGrpc.getCancelInvoiceMethod(),
        signed,
        request,
        deadline,
        Function.identity(),
        status -> LndErrors.isUnknownInvoice(status) ? done : null);
  }

  /** Why lnd refused the macaroon for a call, if it did when that was last made. */
  Optional<LightningException> refusal(String call) {
    return Optional.ofNullable(refusals.get(call));
  }

  /** Needs no macaroon, and is answered while the wallet is locked. */
  CompletableFuture<GetStateResponse> getState() {
    return call(
        "GetState",
        StateGrpc.getGetStateMethod(),
        CallOptions.DEFAULT,
        GetStateRequest.getDefaultInstance(),
        deadline);
  }

  /**
   * Begins a subscription; it has no deadline.
   *
   * @param begun done once it has begun, on a thread of this client
   */
  void subscribeInvoices(
      InvoiceSubscription from, StreamObserver<Invoice> invoices, Runnable begun) {
    CallOptions options = signed.withMaxInboundMessageSize(LARGE);
    channel.execute(
        () -> {
          try {
            channel.streaming(LndMethods.SUBSCRIBE, options, from, invoices);
            begun.run();
          } catch (RuntimeException e) {
            invoices.onError(e);
          }
        });
  }

  /** Does something later, on a thread of this client; after its end, never. */
  void executeAfter(Duration delay, Runnable work) {
    channel.executeAfter(delay, work);
  }

  /** What the end of a call means; lnd's refusal of the macaroon has it read again. */
  LightningException failure(String call, Status status) {
    LightningException failure = LndErrors.of(call, status);
    if (failure.kind() == Kind.AUTH || failure.kind() == Kind.CONFIG) {
      macaroon.doubt();
      provenOn = NEVER;
    }
    if (failure.kind() == Kind.AUTH) {
      refusals.put(call, failure);
    }
    return failure;
  }

  private <Q, R> CompletableFuture<R> call(
      String name, MethodDescriptor<Q, R> method, CallOptions options, Q request, Duration within) {
    return call(name, method, options, request, within, Function.identity(), status -> null);
  }

  /**
   * Makes a call.
   *
   * @param answered what to make of the answer
   * @param excused what to make of a failure that is an answer, too; null if it is none
   */
  private <Q, R, T> CompletableFuture<T> call(
      String name,
      MethodDescriptor<Q, R> method,
      CallOptions options,
      Q request,
      Duration within,
      Function<R, T> answered,
      Function<Status, T> excused) {
    CompletableFuture<T> result = new CompletableFuture<>();
    StreamObserver<R> observer =
        new StreamObserver<>() {
          @Override
          public void onNext(R answer) {
            heard();
            refusals.remove(name);
            result.complete(answered.apply(answer));
          }

          @Override
          public void onError(Throwable thrown) {
            Status status = Status.fromThrowable(thrown);
            ended(status);
            T excuse = excused.apply(status);
            if (excuse == null) {
              result.completeExceptionally(failure(name, status));
            } else {
              refusals.remove(name);
              result.complete(excuse);
            }
          }

          @Override
          public void onCompleted() {
            result.completeExceptionally(LndErrors.strange(name, "none"));
          }
        };
    try {
      channel.execute(
          () -> {
            CallOptions timed = options.withDeadlineAfter(within.toNanos(), TimeUnit.NANOSECONDS);
            try {
              channel.unary(method, timed, request, observer);
            } catch (RuntimeException e) {
              observer.onError(e);
            }
          });
    } catch (LightningException e) {
      result.completeExceptionally(e);
    }
    return result;
  }

  private void ended(Status status) {
    if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
      silent();
    } else {
      heard();
    }
  }

  private void heard() {
    silences.set(0);
  }

  /**
   * A connection that a router on the way has forgotten looks like one to a slow node, and it takes
   * TCP many minutes to notice. After two silences in a row a new connection is worth a try.
   */
  private void silent() {
    long last = reconnectedAt.get();
    long now = nanoTime.getAsLong();
    if (silences.incrementAndGet() >= SILENCES
        && now - last >= RECONNECT_PAUSE_NANOS
        && reconnectedAt.compareAndSet(last, now)) {
      silences.set(0);
      channel.reconnect();
    }
  }

  @Override
  public void close() {
    channel.close();
  }
}
