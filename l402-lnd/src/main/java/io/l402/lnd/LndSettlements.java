// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.l402.PaymentHash;
import io.l402.internal.FailureLog;
import io.l402.lightning.SettlementListener;
import io.l402.lnd.LndCursor.Anchor;
import io.l402.lnd.proto.Invoice;
import io.l402.lnd.proto.Invoice.InvoiceState;
import io.l402.lnd.proto.InvoiceSubscription;
import io.l402.lnd.proto.ListInvoiceRequest;
import io.l402.lnd.proto.ListInvoiceResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A subscription of settlements that outlives its streams: one attempt after the other, each with
 * one stream, until it is closed.
 *
 * <p>lnd's stream replays what was settled after a number, if the number is not 0; so from a
 * watermark on nothing is lost. Without a watermark all invoices are listed first. If none of them
 * is settled there is still no number to begin with; then the stream begins with what happens now,
 * and a second list, when lnd has surely begun it, has what happened in between.
 *
 * <p>Before each stream the anchor is looked up. If lnd knows it under another number, or not at
 * all, its record is another one (it was restored from a backup), and all is told again. It must
 * look: such a node says nothing to who asks for more than it has.
 */
final class LndSettlements implements AutoCloseable {
  private static final String MEMO = "L402 ";
  private static final int PAGE = 100;
  private static final Duration PAGE_PATIENCE = Duration.ofSeconds(30);
  private static final Duration BEGUN = Duration.ofSeconds(2);

  private final LndClient client;
  private final SettlementListener listener;
  private final FailureLog log;
  private final Backoff backoff = new Backoff(System::nanoTime);
  private SettlementRecord record;
  private volatile Attempt current;
  private volatile boolean closed;

  LndSettlements(LndClient client, LndCursor from, SettlementListener listener, FailureLog log) {
    this.client = client;
    this.listener = listener;
    this.log = log;
    record = new SettlementRecord(from);
  }

  /** Begins, on a thread of the client. */
  void start() {
    attemptAfter(Duration.ZERO);
  }

  private void attemptAfter(Duration pause) {
    client.executeAfter(
        pause,
        () -> {
          Attempt attempt = new Attempt();
          current = attempt;
          attempt.go(null, attempt::begin);
        });
  }

  private synchronized LndCursor cursor() {
    return record.cursor();
  }

  private synchronized void startOver() {
    record = new SettlementRecord(LndCursor.BEGINNING);
  }

  /** One at a time, whether it comes from a list or from the stream. */
  private synchronized void settled(Attempt attempt, Invoice invoice) {
    if (attempt.isOver() || invoice.getIsAmp() || invoice.getRHash().size() != PaymentHash.LENGTH) {
      return;
    }
    PaymentHash hash = PaymentHash.of(invoice.getRHash().toByteArray());
    if (record.add(invoice.getSettleIndex(), hash)) {
      backoff.heard();
      if (invoice.getMemo().startsWith(MEMO) && !invoice.getIsKeysend()) {
        tell(hash);
      }
    }
  }

  private void tell(PaymentHash hash) {
    try {
      listener.settled(hash, record.cursor().toString());
    } catch (Throwable e) {
      // Also an Error: the payments after this one must be told all the same.
      log.failed(System.Logger.Level.WARNING, "a listener of settlements failed", e);
    }
  }

  private synchronized void endGaps() {
    record.endGaps();
  }

  /** Ends it. Does not wait for a call of the listener that has begun. */
  @Override
  public void close() {
    closed = true;
    Attempt attempt = current;
    if (attempt != null) {
      attempt.end();
    }
  }

  /** Everything between two failures. What comes of it after its end is ignored. */
  private final class Attempt implements ClientResponseObserver<InvoiceSubscription, Invoice> {
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile ClientCallStreamObserver<InvoiceSubscription> call;
    private volatile boolean complete;

    boolean isOver() {
      return closed || over.get();
    }

    /** Goes on, unless this failed; whatever is thrown on the way ends the attempt, too. */
    void go(Throwable failure, Runnable next) {
      if (isOver()) {
        return;
      }
      if (failure != null) {
        fail(failure);
        return;
      }
      try {
        next.run();
      } catch (Throwable e) {
        fail(e);
      }
    }

    void begin() {
      Optional<Anchor> anchor = cursor().anchor();
      if (anchor.isEmpty()) {
        listThenStream();
        return;
      }
      client
          .lookupInvoice(anchor.get().paymentHash())
          .whenComplete((found, e) -> go(e, () -> recognize(anchor.get(), found)));
    }

    private void recognize(Anchor anchor, Optional<Invoice> found) {
      if (found.map(Invoice::getSettleIndex).orElse(0L) != anchor.index()) {
        log.failed(
            System.Logger.Level.WARNING,
            "lnd's record of settlements is not the one it was, as after a restore from a backup:"
                + " all of them are told again",
            null);
        startOver();
      }
      listThenStream();
    }

    private void listThenStream() {
      if (cursor().watermark() > 0) {
        complete = true;
        stream();
      } else {
        list(0, this::streamAfterList);
      }
    }

    private void streamAfterList() {
      boolean replays = cursor().watermark() > 0;
      complete = replays;
      stream();
      if (!replays) {
        client.executeAfter(BEGUN, () -> go(null, () -> list(0, () -> complete = true)));
      }
    }

    private void list(long offset, Runnable then) {
      ListInvoiceRequest page =
          ListInvoiceRequest.newBuilder().setIndexOffset(offset).setNumMaxInvoices(PAGE).build();
      client
          .listInvoices(page, PAGE_PATIENCE)
          .whenComplete((found, e) -> go(e, () -> listed(offset, found, then)));
    }

    private void listed(long offset, ListInvoiceResponse page, Runnable then) {
      page.getInvoicesList().stream()
          .filter(invoice -> invoice.getState() == InvoiceState.SETTLED)
          .forEach(invoice -> settled(this, invoice));
      if (page.getInvoicesCount() > 0 && page.getLastIndexOffset() > offset) {
        list(page.getLastIndexOffset(), then);
      } else {
        then.run();
      }
    }

    private void stream() {
      var from = InvoiceSubscription.newBuilder().setSettleIndex(cursor().watermark()).build();
      client.subscribeInvoices(from, this, this::begun);
    }

    /** Who ended the attempt while it began to stream had nothing to cancel yet. */
    private void begun() {
      backoff.opened();
      if (isOver()) {
        cancel();
      }
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<InvoiceSubscription> starting) {
      starting.disableAutoRequestWithInitial(1);
      call = starting;
    }

    /**
     * An invoice that is open was just added: the replay of the past, which has none of these, is
     * over, and what was settled before has come.
     */
    @Override
    public void onNext(Invoice invoice) {
      if (invoice.getState() == InvoiceState.SETTLED) {
        settled(this, invoice);
      } else if (invoice.getState() == InvoiceState.OPEN && complete) {
        endGaps();
      }
      call.request(1);
    }

    @Override
    public void onError(Throwable thrown) {
      if (!isOver()) {
        fail(client.failure("SubscribeInvoices", Status.fromThrowable(thrown)));
      }
    }

    /** lnd ends its streams without an error when it shuts down. */
    @Override
    public void onCompleted() {
      onError(Status.UNAVAILABLE.withDescription("lnd has ended the stream").asException());
    }

    private void fail(Throwable failure) {
      if (over.compareAndSet(false, true)) {
        cancel();
        log.failed(
            System.Logger.Level.WARNING,
            "lnd's settlements are not heard of; trying again",
            failure);
        attemptAfter(backoff.next());
      }
    }

    void end() {
      over.set(true);
      client.executeAfter(Duration.ZERO, this::cancel);
    }

    private void cancel() {
      ClientCallStreamObserver<InvoiceSubscription> open = call;
      if (open != null) {
        open.cancel("the subscription has ended", null);
      }
    }
  }
}
