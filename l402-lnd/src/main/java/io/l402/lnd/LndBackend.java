// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import io.l402.L402ConfigException;
import io.l402.PaymentHash;
import io.l402.internal.FailureLog;
import io.l402.lightning.BackendHealth;
import io.l402.lightning.Capability;
import io.l402.lightning.Invoice;
import io.l402.lightning.InvoiceRequest;
import io.l402.lightning.InvoiceState;
import io.l402.lightning.LightningBackend;
import io.l402.lightning.LightningException;
import io.l402.lightning.SettlementListener;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * An lnd, over gRPC: {@code backend: lnd}. It works with lnd 0.15 and later.
 *
 * <p>It is made without waiting for the node: one that is down, locked or starting fails the calls
 * and is used as soon as it is ready. So it is with the two files that it reads again when they
 * change, lnd's certificate and the macaroon.
 *
 * <p>Needed are the rights to make invoices and, for strict verification and settlements, to read
 * them; a warning is logged when the macaroon has more, with the command that makes one that has
 * not. lnd draws the preimages; what it sends of them is dropped as it is read.
 *
 * <p>A stage fails with a {@link LightningException} whose kind tells a node that is not reached
 * ({@code RETRYABLE}), locked or starting ({@code NOT_READY}), that refuses the macaroon ({@code
 * AUTH}), or whose certificate is not the expected one ({@code CONFIG}). Stages complete on a
 * thread of this backend.
 *
 * <p>Settlements are those of invoices whose memo begins with {@code L402 }, from lnd's stream of
 * invoices, each at least once; see {@link #subscribeSettlements}.
 *
 * <p>Safe for use by many threads.
 */
public final class LndBackend implements LightningBackend {
  private static final System.Logger LOG = System.getLogger(LndBackend.class.getName());

  private final LndSettings settings;
  private final LndClient client;
  private final LndHealth health;
  private final FailureLog log;
  private final Set<Capability> capabilities;

  private LndBackend(
      LndSettings settings, LndClient client, MacaroonRights rights, FailureLog log) {
    this.settings = settings;
    this.client = client;
    this.log = log;
    health = new LndHealth(client, settings.network());
    capabilities = capabilities(rights);
  }

  private static Set<Capability> capabilities(MacaroonRights rights) {
    Set<Capability> able = EnumSet.of(Capability.LOOKUP, Capability.SETTLEMENTS, Capability.MSAT);
    if (rights.mayCancel()) {
      able.add(Capability.CANCEL);
    }
    return Collections.unmodifiableSet(able);
  }

  /**
   * An lnd with these settings. It begins to connect and does not wait.
   *
   * @throws L402ConfigException if the macaroon or the certificate cannot be read
   */
  public static LndBackend connect(LndSettings settings) {
    return connect(settings, Clock.systemUTC());
  }

  static LndBackend connect(LndSettings settings, Clock clock) {
    FailureLog log = new FailureLog(LOG);
    List<String> faults = new ArrayList<>();
    Optional<MacaroonSource> macaroon =
        read(faults, () -> Optional.of(new MacaroonSource(settings.macaroon())));
    Optional<PinnedTrust> trust =
        read(
            faults,
            () -> settings.certificate().map(pinned -> new PinnedTrust(pinned, clock, log)));
    if (!faults.isEmpty()) {
      throw new L402ConfigException(String.join("; ", faults));
    }
    return connect(settings, macaroon.orElseThrow(), trust, log);
  }

  /** Both files are looked at before either is complained of. */
  private static <T> Optional<T> read(List<String> faults, Supplier<Optional<T>> file) {
    try {
      return file.get();
    } catch (L402ConfigException e) {
      faults.add(e.getMessage());
      return Optional.empty();
    }
  }

  private static LndBackend connect(
      LndSettings settings, MacaroonSource macaroon, Optional<PinnedTrust> trust, FailureLog log) {
    MacaroonRights rights = MacaroonRights.of(macaroon.macaroon());
    rights.advice(settings.network()).ifPresent(LndBackend::warn);
    LndChannel channel = new LndChannel(settings, trust);
    LndClient client = new LndClient(channel, macaroon, settings.deadline(), System::nanoTime);
    return new LndBackend(settings, client, rights, log);
  }

  private static void warn(String advice) {
    LOG.log(System.Logger.Level.WARNING, advice);
  }

  /** Makes an invoice to the millisatoshi. lnd draws its preimage. */
  @Override
  public CompletionStage<Invoice> createInvoice(InvoiceRequest request) {
    return client
        .addInvoice(
            LndInvoices.request(request, settings.invoiceExpiry(), settings.privateChannels()))
        .thenApply(LndInvoices::invoice);
  }

  /**
   * Where an invoice stands. lnd says SETTLED before it lets the preimage out: who has paid is
   * known to have.
   */
  @Override
  public CompletionStage<Optional<InvoiceState>> lookupInvoice(PaymentHash paymentHash) {
    return client
        .lookupInvoice(paymentHash)
        .thenApply(found -> found.map(invoice -> LndInvoices.state(paymentHash, invoice)));
  }

  /**
   * Cancels an invoice that is not paid. Fails with {@link UnsupportedOperationException} if the
   * macaroon did not allow it at the start.
   */
  @Override
  public CompletionStage<Void> cancelInvoice(PaymentHash paymentHash) {
    if (!capabilities.contains(Capability.CANCEL)) {
      return LightningBackend.super.cancelInvoice(paymentHash);
    }
    return client.cancelInvoice(paymentHash).thenApply(done -> null);
  }

  @Override
  public CompletionStage<BackendHealth> health() {
    return health.ask();
  }

  /** All but holding payments; canceling only if the macaroon allowed it at the start. */
  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  /**
   * Tells of payments of invoices whose memo begins with {@code L402 }, whoever made them at this
   * node, each at least once.
   *
   * <p>A lost stream is made anew, from the last settlement before which none is missing: that is
   * what the cursor says, so a cursor that was kept after its payment was dealt with loses none.
   * The beginning ({@code ""}) is the first invoice the node knows. If the node was restored from a
   * backup, all it knows is told again.
   */
  @Override
  public AutoCloseable subscribeSettlements(String cursor, SettlementListener listener) {
    LndSettlements settlements = new LndSettlements(client, LndCursor.parse(cursor), listener, log);
    settlements.start();
    return settlements;
  }

  /** Ends the connection and its threads; waits a few seconds for them at most. */
  @Override
  public void close() {
    client.close();
  }
}
