// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import io.l402.PaymentHash;
import io.l402.lightning.BackendHealth;
import io.l402.lightning.BackendHealth.Status;
import io.l402.lightning.LightningException;
import io.l402.lightning.LightningException.Kind;
import io.l402.lnd.proto.GetStateResponse;
import io.l402.lnd.proto.Invoice;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Asks lnd how it is: first its state, which needs no macaroon, then whether it takes the macaroon.
 * For the latter it asks for an invoice over less than nothing: lnd looks at the macaroon first,
 * and then refuses the amount. Once that was seen it is not asked again until the macaroon is
 * refused, since lnd logs each such call as an error.
 */
final class LndHealth {
  private static final Invoice IMPOSSIBLE = Invoice.newBuilder().setValueMsat(-1).build();

  private static final PaymentHash NOBODYS = PaymentHash.of(new byte[PaymentHash.LENGTH]);

  private final LndClient client;
  private final String ready;

  LndHealth(LndClient client, io.l402.lightning.Network network) {
    this.client = client;
    ready = "lnd on " + network + " makes invoices";
  }

  /** How it is. Never fails. */
  CompletionStage<BackendHealth> ask() {
    return client
        .getState()
        .thenCompose(this::ready)
        .exceptionally(thrown -> unwell(cause(thrown)));
  }

  private CompletionStage<BackendHealth> ready(GetStateResponse response) {
    return switch (response.getState()) {
      case SERVER_ACTIVE, RPC_ACTIVE -> macaroon();
      case LOCKED -> notReady("the wallet is locked: lncli unlock");
      case NON_EXISTING -> notReady("there is no wallet yet: lncli create");
      case UNLOCKED -> notReady("it is starting");
      case WAITING_TO_START -> notReady("it waits to become the leader");
      case UNRECOGNIZED -> notReady("it is in a state that is not known here");
    };
  }

  private CompletionStage<BackendHealth> macaroon() {
    if (client.isMacaroonProven()) {
      return lookups();
    }
    return client
        .addInvoice(IMPOSSIBLE)
        .handle((made, thrown) -> thrown == null ? null : cause(thrown))
        .thenCompose(thrown -> isRefusedAmount(thrown) ? lookups() : failed(thrown));
  }

  /** In strict mode nobody gets in if lnd refuses these; whoever needs them has made one by now. */
  private CompletionStage<BackendHealth> lookups() {
    if (client.refusal("LookupInvoice").isEmpty()) {
      return healthy();
    }
    return client
        .lookupInvoice(NOBODYS)
        .handle((found, thrown) -> thrown == null ? null : cause(thrown))
        .thenCompose(thrown -> thrown == null ? healthy() : failed(thrown));
  }

  private static boolean isRefusedAmount(Throwable thrown) {
    return thrown == null || thrown instanceof LightningException e && e.kind() == Kind.REJECTED;
  }

  private CompletionStage<BackendHealth> healthy() {
    return CompletableFuture.completedFuture(new BackendHealth(Status.READY, ready));
  }

  private static CompletionStage<BackendHealth> failed(Throwable thrown) {
    return CompletableFuture.completedFuture(unwell(thrown));
  }

  private static CompletionStage<BackendHealth> notReady(String why) {
    return CompletableFuture.completedFuture(new BackendHealth(Status.NOT_READY, "lnd: " + why));
  }

  private static BackendHealth unwell(Throwable thrown) {
    if (!(thrown instanceof LightningException failure)) {
      return new BackendHealth(Status.DOWN, "lnd: " + thrown.getClass().getName());
    }
    Status status =
        switch (failure.kind()) {
          case NOT_READY -> Status.NOT_READY;
          case AUTH -> Status.AUTH;
          case CONFIG -> Status.CONFIG;
          case RETRYABLE, REJECTED -> Status.DOWN;
        };
    return new BackendHealth(status, failure.getMessage());
  }

  private static Throwable cause(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }
}
