// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.L402ConfigException;
import io.l402.PaymentHash;
import io.l402.internal.FailureLog;
import io.l402.lightning.BackendHealth;
import io.l402.lightning.Capability;
import io.l402.lightning.GuardedBackend;
import io.l402.lightning.Invoice;
import io.l402.lightning.InvoiceRequest;
import io.l402.lightning.InvoiceState;
import io.l402.lightning.LightningBackend;
import io.l402.lightning.LightningBackendProvider;
import io.l402.lightning.LightningException;
import io.l402.lightning.Network;
import io.l402.lightning.SettlementListener;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Finds the Lightning node that a configuration speaks of, and puts the guard around it. */
final class Backends {
  private Backends() {}

  /**
   * The node: the one given in code, or a new one; empty if the configuration needs none.
   *
   * @throws L402ConfigException if there is no such backend, or its settings do not do
   */
  static Optional<LightningBackend> find(L402Config config) {
    BackendChoice choice = config.backend();
    return choice
        .instance()
        .or(() -> choice.name().map(name -> provider(name).create(choice.settings())));
  }

  /**
   * The guard around a node. It closes the node, unless that was given in code.
   *
   * @param onFailure hears of every call that failed
   */
  static GuardedBackend guard(
      L402Config config, LightningBackend node, Consumer<LightningException> onFailure) {
    boolean given = config.backend().instance().isPresent();
    return GuardedBackend.builder(given ? new Borrowed(node) : node)
        .network(network(config))
        .clock(config.extensions().clock())
        .deadline(config.challenges().backendDeadline())
        .maxInFlight(config.challenges().maxInFlight())
        .listener(onFailure)
        .build();
  }

  /**
   * Tells the log that the node fails. What only an operator can mend is an error, and what may
   * pass a warning; each kind is spoken of by itself, so that an outage does not hide a wrong
   * macaroon.
   */
  static Consumer<LightningException> toLog(FailureLog log) {
    return failure ->
        log.failed(
            level(failure.kind()), "the Lightning node fails (" + failure.kind() + ")", failure);
  }

  private static Level level(LightningException.Kind kind) {
    return switch (kind) {
      case AUTH, CONFIG -> Level.ERROR;
      default -> Level.WARNING;
    };
  }

  private static LightningBackendProvider provider(String name) {
    Set<String> found = new TreeSet<>();
    for (ClassLoader loader : loaders()) {
      for (var provider : ServiceLoader.load(LightningBackendProvider.class, loader)) {
        if (provider.name().equals(name)) {
          return provider;
        }
        found.add(provider.name());
      }
    }
    throw new L402ConfigException(
        "backend: " + name + " is not on the class path; what is there is " + found);
  }

  /**
   * The application's; and ours, should the filter be made on a thread that knows no application.
   */
  static List<ClassLoader> loaders() {
    ClassLoader application = Thread.currentThread().getContextClassLoader();
    ClassLoader own = Backends.class.getClassLoader();
    return application == null || application == own ? List.of(own) : List.of(application, own);
  }

  /** What invoices must be for. Money that is not real is a private chain's. */
  private static Network network(L402Config config) {
    return config
        .backend()
        .settings()
        .get("network")
        .flatMap(Network::byName)
        .orElse(config.isSimulated() ? Network.REGTEST : Network.MAINNET);
  }

  /** A backend that somebody else made and will close. */
  private record Borrowed(LightningBackend lender) implements LightningBackend {
    @Override
    public CompletionStage<Invoice> createInvoice(InvoiceRequest request) {
      return lender.createInvoice(request);
    }

    @Override
    public CompletionStage<Optional<InvoiceState>> lookupInvoice(PaymentHash paymentHash) {
      return lender.lookupInvoice(paymentHash);
    }

    @Override
    public CompletionStage<BackendHealth> health() {
      return lender.health();
    }

    @Override
    public Set<Capability> capabilities() {
      return lender.capabilities();
    }

    @Override
    public CompletionStage<Void> cancelInvoice(PaymentHash paymentHash) {
      return lender.cancelInvoice(paymentHash);
    }

    @Override
    public AutoCloseable subscribeSettlements(String cursor, SettlementListener listener) {
      return lender.subscribeSettlements(cursor, listener);
    }

    @Override
    public void close() {
      // Not ours.
    }
  }
}
