// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import io.l402.PaymentHash;
import io.l402.lightning.GuardedBackend;
import io.l402.lightning.InvoiceState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether the invoices of a node are settled, for strict mode. Settled is final, so it is
 * remembered, of the last 100,000 invoices; look-ups of one invoice at a time share one call.
 *
 * <p>A gate has its own unless it is {@linkplain L402GateBuilder#settlements given} one: whoever
 * replaces a gate hands it to the next, so that who has paid is not looked up again. Safe for use
 * by many threads.
 */
public final class Settlements {
  private static final int REMEMBERED = 100_000;

  private final GuardedBackend backend;
  private final Map<PaymentHash, CompletableFuture<Optional<InvoiceState>>> pending =
      new ConcurrentHashMap<>();

  private final Map<PaymentHash, Boolean> settled =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PaymentHash, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  private Settlements(GuardedBackend backend) {
    this.backend = Objects.requireNonNull(backend, "backend");
  }

  /** Nothing is known yet; this node is asked. It is not closed. */
  public static Settlements of(GuardedBackend backend) {
    return new Settlements(backend);
  }

  /** Where an invoice stands; already complete if it is known to be settled. */
  CompletionStage<Optional<InvoiceState>> state(PaymentHash hash) {
    synchronized (settled) {
      if (settled.containsKey(hash)) {
        return CompletableFuture.completedFuture(Optional.of(InvoiceState.SETTLED));
      }
    }
    CompletableFuture<Optional<InvoiceState>> mine = new CompletableFuture<>();
    CompletableFuture<Optional<InvoiceState>> others = pending.putIfAbsent(hash, mine);
    if (others != null) {
      return others;
    }
    lookUp(hash, mine);
    return mine;
  }

  private void lookUp(PaymentHash hash, CompletableFuture<Optional<InvoiceState>> mine) {
    CompletionStage<Optional<InvoiceState>> call;
    try {
      call = backend.lookupInvoice(hash);
    } catch (RuntimeException e) {
      call = CompletableFuture.failedFuture(e);
    }
    call.whenComplete((state, failure) -> finish(hash, mine, state, failure));
  }

  private void finish(
      PaymentHash hash,
      CompletableFuture<Optional<InvoiceState>> mine,
      Optional<InvoiceState> state,
      Throwable failure) {
    if (failure == null && state.equals(Optional.of(InvoiceState.SETTLED))) {
      synchronized (settled) {
        settled.put(hash, Boolean.TRUE);
      }
    }
    pending.remove(hash, mine);
    if (failure == null) {
      mine.complete(state);
    } else {
      mine.completeExceptionally(failure);
    }
  }
}
