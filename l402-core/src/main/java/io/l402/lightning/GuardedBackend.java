// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import io.l402.PaymentHash;
import io.l402.bolt11.Bolt11;
import io.l402.lightning.LightningException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A backend that cannot keep anybody waiting, and whose invoices are what was asked for.
 *
 * <p>Every call ends by its deadline, also if the backend never answers. At most so many are in
 * flight; more fail at once. A circuit breaker leaves a failing node alone: five failures within
 * ten seconds open it, and while it is open calls fail at once with an exception that knows {@link
 * LightningException#retryAfter() when to try again}. New invoices and look-ups each have a bound
 * and a breaker of their own: whoever asks for invoices, paying nothing, cannot keep those who have
 * paid from being looked up. Whatever a backend throws becomes a {@link LightningException}; what
 * is not one becomes {@link Kind#RETRYABLE}. An invoice that is not the one asked for is {@link
 * Kind#REJECTED} and never handed out.
 *
 * <p>Stages complete on the thread on which the backend answers, or on the one that watches the
 * deadlines. Checking an invoice takes some hundred microseconds of it; what is attached to a stage
 * must be short, too.
 *
 * <p>Safe for use by many threads.
 */
public final class GuardedBackend implements AutoCloseable {
  private final LightningBackend backend;
  private final Set<Capability> capabilities;
  private final InvoiceCheck check;
  private final Lane creating;
  private final Lane lookingUp;
  private final DeadlineTimer timer;
  private final Duration deadline;
  private final Consumer<LightningException> listener;
  private final Set<GuardedCall<?>> calls = ConcurrentHashMap.newKeySet();
  private final AtomicReference<CompletableFuture<BackendHealth>> health = new AtomicReference<>();
  private volatile boolean closed;

  GuardedBackend(GuardedBackendBuilder builder) {
    this.backend = builder.backend;
    this.capabilities = Set.copyOf(backend.capabilities());
    boolean msat = capabilities.contains(Capability.MSAT);
    this.check = new InvoiceCheck(builder.network, msat, builder.clock);
    this.creating = builder.lane();
    this.lookingUp = builder.lane();
    this.timer = builder.timer;
    this.deadline = builder.deadline;
    this.listener = builder.listener;
  }

  /** Begins a guard around a backend, which the guard will close. */
  public static GuardedBackendBuilder builder(LightningBackend backend) {
    return new GuardedBackendBuilder(backend);
  }

  /**
   * Makes an invoice and checks its network, amount, payment hash, time and signature. Without
   * {@link Capability#MSAT} the amount may be rounded up to the satoshi.
   */
  public CompletionStage<Bolt11> createInvoice(InvoiceRequest request) {
    return call(
        creating, () -> backend.createInvoice(request), invoice -> check.check(request, invoice));
  }

  /**
   * Where an invoice stands; empty if the node does not know it. Fails with {@link Kind#CONFIG}
   * without {@link Capability#LOOKUP}.
   */
  public CompletionStage<Optional<InvoiceState>> lookupInvoice(PaymentHash paymentHash) {
    if (!capabilities.contains(Capability.LOOKUP)) {
      return CompletableFuture.failedFuture(
          new LightningException(Kind.CONFIG, "lightning: this backend cannot look up invoices"));
    }
    return call(lookingUp, () -> backend.lookupInvoice(paymentHash), GuardedBackend::present);
  }

  private static Optional<InvoiceState> present(Optional<InvoiceState> state) {
    if (state == null) {
      throw new LightningException(Kind.REJECTED, "lightning: the backend returned no state");
    }
    return state;
  }

  private <A, T> CompletionStage<T> call(
      Lane lane, Supplier<CompletionStage<A>> ask, Function<A, T> examine) {
    GuardedCall<T> call;
    try {
      call = admit(lane);
    } catch (LightningException refused) {
      return CompletableFuture.failedFuture(refused);
    }
    if (call.isOver()) {
      return call.result;
    }
    try {
      ask.get().whenComplete((answer, failure) -> answered(call, answer, failure, examine));
    } catch (Throwable thrown) {
      call.failedByBackend(thrown);
    }
    if (!call.isOver()) {
      call.deadline(timer.after(deadline, () -> call.fail(late(), true)));
    }
    return call.result;
  }

  private <T> GuardedCall<T> admit(Lane lane) {
    GuardedCall<T> call = new GuardedCall<>(lane, this::over);
    calls.add(call);
    failIfClosed(call);
    return call;
  }

  private <A, T> void answered(
      GuardedCall<T> call, A answer, Throwable failure, Function<A, T> examine) {
    if (call.isOver()) {
      return;
    }
    if (failure != null) {
      call.failedByBackend(failure);
      return;
    }
    try {
      call.succeed(examine.apply(answer));
    } catch (LightningException refused) {
      call.fail(refused, true);
    } catch (Throwable unexpected) {
      // Also an Error, such as a class that is missing: a stage would keep it to itself, and the
      // caller would wait for the deadline and be told of a slow node.
      call.fail(
          new LightningException(Kind.REJECTED, "lightning: a strange answer", unexpected), true);
    }
  }

  private LightningException late() {
    return new LightningException(Kind.RETRYABLE, "lightning: no answer within " + deadline);
  }

  private void over(GuardedCall<?> call, LightningException failure) {
    calls.remove(call);
    if (failure != null) {
      tell(failure);
    }
  }

  private void tell(LightningException failure) {
    try {
      listener.accept(failure);
    } catch (Throwable e) {
      System.getLogger(GuardedBackend.class.getName())
          .log(System.Logger.Level.WARNING, "a listener failed", e);
    }
  }

  /**
   * How the node is, within the deadline: one that does not answer is down. Never fails. Callers at
   * the same time share one call, which neither counts as in flight nor moves the breaker.
   */
  public CompletionStage<BackendHealth> health() {
    CompletableFuture<BackendHealth> mine = new CompletableFuture<>();
    CompletableFuture<BackendHealth> current =
        health.updateAndGet(known -> known == null || known.isDone() ? mine : known);
    if (current == mine) {
      ask(mine);
    }
    return current.minimalCompletionStage();
  }

  private void ask(CompletableFuture<BackendHealth> answer) {
    Runnable cancel = timer.after(deadline, () -> answer.complete(down(late().getMessage())));
    answer.whenComplete((value, failure) -> cancel.run());
    if (closed) {
      answer.complete(down("closed"));
      return;
    }
    try {
      backend.health().whenComplete((value, failure) -> answer.complete(known(value, failure)));
    } catch (Throwable thrown) {
      answer.complete(known(null, thrown));
    }
  }

  private static BackendHealth known(BackendHealth value, Throwable failure) {
    if (value != null) {
      return value;
    }
    return down(failure == null ? "no answer" : failure.getClass().getName());
  }

  private static BackendHealth down(String detail) {
    return new BackendHealth(BackendHealth.Status.DOWN, detail);
  }

  /** What the backend can do. */
  public Set<Capability> capabilities() {
    return capabilities;
  }

  /**
   * Tells a listener of payments, as {@link LightningBackend#subscribeSettlements} does.
   *
   * @throws UnsupportedOperationException without {@link Capability#SETTLEMENTS}
   */
  public AutoCloseable subscribeSettlements(String cursor, SettlementListener settlements) {
    return backend.subscribeSettlements(cursor, settlements);
  }

  private void failIfClosed(GuardedCall<?> call) {
    if (closed) {
      call.fail(new LightningException(Kind.RETRYABLE, "lightning: closed"), false);
    }
  }

  /** Closes the backend; calls in flight fail. Closing twice is no error. */
  @Override
  public void close() {
    closed = true;
    calls.forEach(this::failIfClosed);
    Optional.ofNullable(health.get()).ifPresent(h -> h.complete(down("closed")));
    timer.close();
    backend.close();
  }
}
