// SPDX-License-Identifier: Apache-2.0
package io.l402.testkit;

import io.l402.MilliSatoshi;
import io.l402.PaymentHash;
import io.l402.Preimage;
import io.l402.bolt11.Bolt11;
import io.l402.bolt11.MalformedInvoiceException;
import io.l402.bolt11.NodeId;
import io.l402.lightning.BackendHealth;
import io.l402.lightning.Capability;
import io.l402.lightning.Invoice;
import io.l402.lightning.InvoiceRequest;
import io.l402.lightning.InvoiceState;
import io.l402.lightning.LightningBackend;
import io.l402.lightning.LightningException;
import io.l402.lightning.LightningException.Kind;
import io.l402.lightning.SettlementListener;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A Lightning node in memory: it signs real BOLT 11 invoices for regtest with a key of its own, and
 * pays them. Nothing leaves the process; the money is not real.
 *
 * <p>It keeps at most 10,000 invoices. When it is full the oldest canceled or expired one leaves;
 * if all can still be paid, {@link #createInvoice} fails with {@link Kind#RETRYABLE}. What is asked
 * is done on the caller's thread and takes some hundred microseconds; a slow answer holds no
 * thread.
 *
 * <p>Safe for use by many threads.
 */
public final class FakeLightning implements LightningBackend {
  /** How many invoices and payments it remembers. */
  public static final int CAPACITY = 10_000;

  private final Clock clock;
  private final FakeSigner signer;
  private final Set<Capability> capabilities;
  private final FakeInvoices invoices;
  private final FakeSettlements settlements;
  private final FakeLine line = new FakeLine();
  private final AtomicLong createCalls = new AtomicLong();
  private final AtomicLong lookupCalls = new AtomicLong();
  private final AtomicLong cancelCalls = new AtomicLong();
  private final AtomicLong healthCalls = new AtomicLong();

  FakeLightning(FakeLightningBuilder builder) {
    this.clock = builder.clock;
    this.signer = new FakeSigner(builder.key, builder.clock);
    this.capabilities = Set.copyOf(builder.capabilities);
    this.invoices = new FakeInvoices(builder.clock, builder.capacity);
    this.settlements = new FakeSettlements(builder.capacity, () -> line.failure().isEmpty());
  }

  /** A node with a fresh key that goes by the system's clock. */
  public static FakeLightning create() {
    return builder().build();
  }

  /** Begins a node with a clock, a key or capabilities of the test's choice. */
  public static FakeLightningBuilder builder() {
    return new FakeLightningBuilder();
  }

  /** Who signs its invoices. */
  public NodeId nodeId() {
    return signer.nodeId();
  }

  @Override
  public CompletionStage<Invoice> createInvoice(InvoiceRequest request) {
    createCalls.incrementAndGet();
    return line.call(() -> create(request));
  }

  private Invoice create(InvoiceRequest request) {
    Preimage preimage = signer.newPreimage();
    MilliSatoshi amount = rounded(request.amount());
    Bolt11 invoice = signer.sign(preimage.paymentHash(), amount, request.memo(), request.expiry());
    invoices.add(new FakeInvoice(preimage, amount, invoice.expiresAt()));
    return new Invoice(invoice.paymentHash(), invoice.paymentRequest());
  }

  private MilliSatoshi rounded(MilliSatoshi amount) {
    return capabilities.contains(Capability.MSAT)
        ? amount
        : MilliSatoshi.ofSat(amount.toSatRoundedUp());
  }

  @Override
  public CompletionStage<Optional<InvoiceState>> lookupInvoice(PaymentHash paymentHash) {
    lookupCalls.incrementAndGet();
    return capable(Capability.LOOKUP)
        ? line.call(() -> invoices.state(paymentHash))
        : CompletableFuture.failedFuture(new UnsupportedOperationException("no look-up"));
  }

  @Override
  public CompletionStage<Void> cancelInvoice(PaymentHash paymentHash) {
    cancelCalls.incrementAndGet();
    return capable(Capability.CANCEL)
        ? line.call(() -> canceled(paymentHash))
        : LightningBackend.super.cancelInvoice(paymentHash);
  }

  private Void canceled(PaymentHash paymentHash) {
    invoices.cancel(paymentHash);
    return null;
  }

  @Override
  public CompletionStage<BackendHealth> health() {
    healthCalls.incrementAndGet();
    BackendHealth health = line.failure().map(FakeLightning::unwell).orElse(READY);
    return CompletableFuture.completedFuture(health);
  }

  private static final BackendHealth READY =
      new BackendHealth(BackendHealth.Status.READY, "fake node");

  private static BackendHealth unwell(LightningException e) {
    BackendHealth.Status status =
        switch (e.kind()) {
          case NOT_READY -> BackendHealth.Status.NOT_READY;
          case AUTH -> BackendHealth.Status.AUTH;
          case CONFIG -> BackendHealth.Status.CONFIG;
          default -> BackendHealth.Status.DOWN;
        };
    return new BackendHealth(status, e.getMessage());
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  private boolean capable(Capability capability) {
    return capabilities.contains(capability);
  }

  @Override
  public AutoCloseable subscribeSettlements(String cursor, SettlementListener listener) {
    if (!capable(Capability.SETTLEMENTS)) {
      return LightningBackend.super.subscribeSettlements(cursor, listener);
    }
    return settlements.subscribe(cursor, listener);
  }

  /**
   * Pays an invoice as a wallet would: it reads the string and trusts only what it finds there.
   *
   * @return the preimage, which with the token gets its owner in
   * @throws LightningException with {@link Kind#REJECTED} if this is no invoice of this node, or it
   *     is expired, canceled or already paid; of another kind while the node is down
   */
  public Preimage pay(String paymentRequest) {
    line.failure()
        .ifPresent(
            e -> {
              throw e;
            });
    Bolt11 invoice = read(paymentRequest);
    if (!invoice.payee().equals(signer.nodeId()) || invoice.network() != FakeSigner.NETWORK) {
      throw FakeInvoices.rejected("the invoice is another node's");
    }
    if (!clock.instant().isBefore(invoice.expiresAt())) {
      throw FakeInvoices.rejected("the invoice is expired");
    }
    MilliSatoshi due = invoices.find(invoice.paymentHash()).map(i -> i.amount).orElse(null);
    if (due == null || !invoice.amount().equals(Optional.of(due))) {
      throw FakeInvoices.rejected("no invoice of this hash and amount is known");
    }
    return settle(invoice.paymentHash());
  }

  private static Bolt11 read(String paymentRequest) {
    try {
      return Bolt11.decode(paymentRequest.strip());
    } catch (MalformedInvoiceException e) {
      throw new LightningException(Kind.REJECTED, "fake node: " + e.getMessage(), e);
    }
  }

  /**
   * Marks an invoice as paid, as if somebody else had.
   *
   * @throws LightningException with {@link Kind#REJECTED} if it cannot be paid
   */
  public Preimage settle(PaymentHash paymentHash) {
    Preimage preimage = invoices.settle(paymentHash);
    settlements.settled(paymentHash);
    return preimage;
  }

  /**
   * Marks an invoice as held: a payment has arrived but the preimage is not out.
   *
   * @throws LightningException with {@link Kind#REJECTED} if it cannot be paid
   */
  public void accept(PaymentHash paymentHash) {
    invoices.accept(paymentHash);
  }

  /** From now on every call fails with {@link Kind#RETRYABLE}. Calls in flight are answered. */
  public void goDown() {
    goDown(Kind.RETRYABLE);
  }

  /** From now on every call fails with this kind. Calls in flight are answered. */
  public void goDown(Kind kind) {
    line.down(kind);
  }

  /** Ends {@link #goDown()}. */
  public void comeBack() {
    line.up();
    settlements.tell();
  }

  /** From now on answers take this long; zero for at once. */
  public void delay(Duration delay) {
    line.delay(delay);
  }

  /** From now on no call is answered, until {@link #resume()}. */
  public void stall() {
    line.stall();
  }

  /** Answers all calls that {@link #stall()} has kept waiting, on this thread. */
  public void resume() {
    line.resume();
  }

  /** How many calls wait for an answer. */
  public int unanswered() {
    return line.unanswered();
  }

  /** How many invoices it holds now. */
  public int invoices() {
    return invoices.size();
  }

  /** How often {@link #createInvoice} was called, with success or without. */
  public long createCalls() {
    return createCalls.get();
  }

  /** How often {@link #lookupInvoice} was called, with success or without. */
  public long lookupCalls() {
    return lookupCalls.get();
  }

  /** How often {@link #cancelInvoice} was called, with success or without. */
  public long cancelCalls() {
    return cancelCalls.get();
  }

  /** How often {@link #health} was called. */
  public long healthCalls() {
    return healthCalls.get();
  }

  @Override
  public void close() {
    line.close();
    settlements.close();
  }
}
