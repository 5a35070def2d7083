// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import io.l402.L402Identifier;
import io.l402.MilliSatoshi;
import io.l402.PaymentHash;
import io.l402.RejectionReason;
import io.l402.VerifiedL402;
import io.l402.lightning.LightningException;

/**
 * Hears what the gate does: for metrics, logs and accounts.
 *
 * <p>Called on the thread that does it, so be quick. What a listener throws is logged and changes
 * nothing. No event carries a secret.
 */
public interface L402Listener {
  /** Hears nothing. */
  L402Listener NONE = new L402Listener() {};

  /** A challenge was made. */
  default void minted(String service, L402Identifier identifier, MilliSatoshi amount) {}

  /** A token was accepted. */
  default void granted(VerifiedL402 token) {}

  /** A credential was refused. */
  default void rejected(String service, RejectionReason reason) {}

  /**
   * A request passed that would have been refused, had its service not been only tried out. What
   * led to it was told before, as ever; no challenge was made.
   */
  default void dryRun(String service, Decision.DryRun decision) {}

  /**
   * A request was let pass and forwarded, and the upstream gave no answer, or none that is
   * complete: to give back what was paid for it. Told once for a request, by the proxy; not if it
   * was the client that left, or stalled: a client that has not read for five seconds counts as the
   * cause when the upstream gives up.
   *
   * @param decision why the request had passed; with the token, if there was one
   */
  default void upstreamFailed(String service, Decision.Allowed decision) {}

  /** The Lightning node could not do what it was asked. */
  default void backendFailed(LightningException failure) {}

  /**
   * An invoice was paid. Told once for a payment by one {@link io.l402.lightning.SettlementFeed},
   * and again after a restart if it is not known then how far the one before had come.
   */
  default void settled(PaymentHash paymentHash) {}
}
