// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import io.l402.MilliSatoshi;
import io.l402.PaymentHash;
import io.l402.bolt11.Bolt11;
import io.l402.bolt11.MalformedInvoiceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A backend whose answers are checked and do not keep anybody waiting. */
public final class GuardedBackend implements AutoCloseable {
  private final LightningBackend backend;
  private final Network network;
  private final Clock clock;
  private final Duration deadline;

  private GuardedBackend(Builder builder) {
    this.backend = builder.backend;
    this.network = builder.network;
    this.clock = builder.clock;
    this.deadline = builder.deadline;
  }

  /** Begins a guard around a backend. */
  public static Builder builder(LightningBackend backend) {
    return new Builder(backend);
  }

  /** Makes an invoice and checks it. */
  public CompletionStage<Bolt11> createInvoice(InvoiceRequest request) {
    return backend
        .createInvoice(request)
        .toCompletableFuture()
        .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(invoice -> check(request, invoice))
        .handle(GuardedBackend::orLightningException);
  }

  /** Where an invoice stands. */
  public CompletionStage<Optional<InvoiceState>> lookupInvoice(PaymentHash paymentHash) {
    return backend
        .lookupInvoice(paymentHash)
        .toCompletableFuture()
        .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
        .handle(GuardedBackend::orLightningException);
  }

  private Bolt11 check(InvoiceRequest request, Invoice invoice) {
    Bolt11 decoded;
    try {
      decoded = Bolt11.decode(invoice.paymentRequest());
    } catch (MalformedInvoiceException e) {
      throw new LightningException(LightningException.Kind.REJECTED, "invoice: malformed", e);
    }
    Instant now = clock.instant();
    boolean right =
        decoded.network() == network
            && decoded.paymentHash().equals(invoice.paymentHash())
            && decoded.amount().equals(Optional.of(expected(request)))
            && decoded.expiresAt().isAfter(now);
    if (!right) {
      throw new LightningException(
          LightningException.Kind.REJECTED,
          "invoice: the node returned another than was asked for");
    }
    return decoded;
  }

  private MilliSatoshi expected(InvoiceRequest request) {
    return backend.capabilities().contains(Capability.MSAT)
        ? request.amount()
        : MilliSatoshi.ofSat(request.amount().toSatRoundedUp());
  }

  private static <T> T orLightningException(T value, Throwable failure) {
    if (failure == null) {
      return value;
    }
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    throw cause instanceof LightningException lightning
        ? lightning
        : new LightningException(LightningException.Kind.RETRYABLE, "the node failed", cause);
  }

  /** What the backend can do. */
  public java.util.Set<Capability> capabilities() {
    return backend.capabilities();
  }

  @Override
  public void close() {
    backend.close();
  }

  /** Collects a guard. */
  public static final class Builder {
    private final LightningBackend backend;
    private Network network = Network.MAINNET;
    private Clock clock = Clock.systemUTC();
    private Duration deadline = Duration.ofSeconds(2);

    private Builder(LightningBackend backend) {
      this.backend = Objects.requireNonNull(backend, "backend");
    }

    /** The network its invoices must be of. */
    public Builder network(Network network) {
      this.network = Objects.requireNonNull(network, "network");
      return this;
    }

    /** The time. */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /** How long a call may take. */
    public Builder deadline(Duration deadline) {
      this.deadline = Objects.requireNonNull(deadline, "deadline");
      return this;
    }

    /** Makes the guard. */
    public GuardedBackend build() {
      return new GuardedBackend(this);
    }
  }
}
