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
import io.l402.lnd.proto.InvoiceSubscription;
import io.l402.lnd.proto.ListInvoiceRequest;
import io.l402.lnd.proto.ListInvoiceResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * A subscription of settlements that outlives its streams.
 *
 * <p>lnd's stream replays what was settled after a number, if the number is not 0; so from a
 * watermark on nothing is lost. Without a watermark all invoices are listed first. If none of them
 * is settled there is still no number to begin with; then the stream begins with what happens now,
 * and a second list, when lnd has surely begun it, has what happened in between.
 *
 * <p>Before each stream the anchor is looked up. If lnd knows it under another number, or not at
 * all, its record is another one (it was restored from a backup), and all is told again.
 */
final class LndSettlements implements AutoCloseable {
  private static final String MEMO = "L402 ";
  private static final int PAGE = 200;
  private static final Duration PAGE_PATIENCE = Duration.ofSeconds(30);
  private static final Duration BEGUN = Duration.ofSeconds(2);

  private final LndClient client;
  private final SettlementListener listener;
  private final FailureLog log;
  private final Backoff backoff = new Backoff(System::nanoTime);
  private SettlementWindow window;
  private Optional<Anchor> anchor;
  private Anchor highest;
  private Stream stream;
  private volatile boolean closed;

  LndSettlements(LndClient client, LndCursor from, SettlementListener listener, FailureLog log) {
    this.client = client;
    this.listener = listener;
    this.log = log;
    begin(from);
  }

  private synchronized void begin(LndCursor from) {
    window = new SettlementWindow(from.watermark());
    anchor = from.anchor();
    highest = anchor.orElse(new Anchor(0, null));
  }

  /** Begins, on a thread of the client. */
  void start() {
    client.executeAfter(Duration.ZERO, this::connect);
  }

  private void connect() {
    if (closed) {
      return;
    }
    Optional<Anchor> known = anchor();
    if (known.isEmpty()) {
      listThenOpen();
      return;
    }
    client
        .lookupInvoice(known.get().paymentHash())
        .whenComplete((found, failure) -> recognize(known.get(), found, failure));
  }

  private synchronized Optional<Anchor> anchor() {
    return anchor;
  }

  private void recognize(Anchor known, Optional<Invoice> found, Throwable failure) {
    if (failure != null) {
      again(failure);
      return;
    }
    if (found.map(Invoice::getSettleIndex).orElse(0L) != known.index()) {
      log.failed(
          System.Logger.Level.WARNING,
          "lnd's record of settlements is not the one it was, as after a restore from a backup:"
              + " all of them are told again",
          null);
      begin(LndCursor.BEGINNING);
    }
    listThenOpen();
  }

  private void listThenOpen() {
    if (watermark() > 0) {
      open();
    } else {
      list(0, this::openAfterList);
    }
  }

  private void openAfterList() {
    open();
    if (watermark() == 0) {
      client.executeAfter(BEGUN, () -> list(0, () -> {}));
    }
  }

  private synchronized long watermark() {
    return window.watermark();
  }

  private void list(long offset, Runnable then) {
    ListInvoiceRequest page =
        ListInvoiceRequest.newBuilder().setIndexOffset(offset).setNumMaxInvoices(PAGE).build();
    client
        .listInvoices(page, PAGE_PATIENCE)
        .whenComplete((found, failure) -> listed(offset, found, failure, then));
  }

  private void listed(long offset, ListInvoiceResponse page, Throwable failure, Runnable then) {
    if (closed) {
      return;
    }
    if (failure != null) {
      again(failure);
      return;
    }
    page.getInvoicesList().forEach(invoice -> deliver(invoice, false));
    if (page.getInvoicesCount() > 0 && page.getLastIndexOffset() > offset) {
      list(page.getLastIndexOffset(), then);
    } else {
      then.run();
    }
  }

  private void open() {
    Stream opened = new Stream();
    InvoiceSubscription from;
    synchronized (this) {
      stream = opened;
      from = InvoiceSubscription.newBuilder().setSettleIndex(window.watermark()).build();
    }
    backoff.opened();
    client.subscribeInvoices(from, opened);
  }

  /** One at a time, whether it comes from the list or from the stream. */
  private synchronized void deliver(Invoice invoice, boolean streamed) {
    if (closed) {
      return;
    }
    if (streamed) {
      window.passed(invoice.getCreationDate());
    }
    if (invoice.getState() != Invoice.InvoiceState.SETTLED
        || invoice.getIsAmp()
        || invoice.getRHash().size() != PaymentHash.LENGTH
        || !window.add(invoice.getSettleIndex(), invoice.getSettleDate())) {
      return;
    }
    PaymentHash hash = PaymentHash.of(invoice.getRHash().toByteArray());
    moveAnchor(new Anchor(invoice.getSettleIndex(), hash));
    if (invoice.getMemo().startsWith(MEMO) && !invoice.getIsKeysend()) {
      tell(hash);
    }
  }

  private void moveAnchor(Anchor told) {
    if (told.index() > highest.index()) {
      highest = told;
    }
    if (highest.index() <= window.watermark()) {
      anchor = Optional.of(highest);
    } else if (told.index() <= window.watermark()) {
      anchor = Optional.of(told);
    }
  }

  private void tell(PaymentHash hash) {
    try {
      listener.settled(hash, new LndCursor(window.watermark(), anchor).toString());
    } catch (RuntimeException e) {
      log.failed(System.Logger.Level.WARNING, "a listener of settlements failed", e);
    }
  }

  private void again(Throwable failure) {
    if (!closed) {
      log.failed(
          System.Logger.Level.WARNING, "lnd's settlements are not heard of; trying again", failure);
      client.executeAfter(backoff.next(), this::connect);
    }
  }

  private void ended(Stream which, Status status) {
    synchronized (this) {
      if (closed || which != stream) {
        return;
      }
      stream = null;
    }
    again(client.failure("SubscribeInvoices", status));
  }

  /** Ends it. A call of the listener that has begun goes on. */
  @Override
  public void close() {
    closed = true;
    Stream open;
    synchronized (this) {
      open = stream;
      stream = null;
    }
    if (open != null) {
      client.executeAfter(Duration.ZERO, open::cancel);
    }
  }

  /** One stream of lnd's. It asks for an invoice when it has dealt with the one before. */
  private final class Stream implements ClientResponseObserver<InvoiceSubscription, Invoice> {
    private volatile ClientCallStreamObserver<InvoiceSubscription> call;

    @Override
    public void beforeStart(ClientCallStreamObserver<InvoiceSubscription> started) {
      started.disableAutoRequestWithInitial(1);
      call = started;
    }

    @Override
    public void onNext(Invoice invoice) {
      backoff.heard();
      deliver(invoice, true);
      call.request(1);
    }

    @Override
    public void onError(Throwable thrown) {
      ended(this, Status.fromThrowable(thrown));
    }

    /** lnd ends its streams without an error when it shuts down. */
    @Override
    public void onCompleted() {
      ended(this, Status.UNAVAILABLE.withDescription("lnd has ended the stream"));
    }

    void cancel() {
      ClientCallStreamObserver<InvoiceSubscription> begun = call;
      if (begun != null) {
        begun.cancel("the subscription was closed", null);
      }
    }
  }
}
