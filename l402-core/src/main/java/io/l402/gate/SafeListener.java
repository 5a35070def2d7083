// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import io.l402.L402Identifier;
import io.l402.MilliSatoshi;
import io.l402.PaymentHash;
import io.l402.RejectionReason;
import io.l402.VerifiedL402;
import io.l402.lightning.LightningException;

/** Tells a listener, and does not let what it throws change a decision. */
final class SafeListener implements L402Listener {
  private static final System.Logger LOG = System.getLogger(L402Gate.class.getName());

  private final L402Listener listener;

  SafeListener(L402Listener listener) {
    this.listener = listener;
  }

  @Override
  public void minted(String service, L402Identifier identifier, MilliSatoshi amount) {
    tell(() -> listener.minted(service, identifier, amount));
  }

  @Override
  public void granted(VerifiedL402 token) {
    tell(() -> listener.granted(token));
  }

  @Override
  public void rejected(String service, RejectionReason reason) {
    tell(() -> listener.rejected(service, reason));
  }

  @Override
  public void dryRun(String service, Decision.DryRun decision) {
    tell(() -> listener.dryRun(service, decision));
  }

  @Override
  public void upstreamFailed(String service, Decision.Allowed decision) {
    tell(() -> listener.upstreamFailed(service, decision));
  }

  @Override
  public void backendFailed(LightningException failure) {
    tell(() -> listener.backendFailed(failure));
  }

  @Override
  public void settled(PaymentHash paymentHash) {
    tell(() -> listener.settled(paymentHash));
  }

  private static void tell(Runnable event) {
    try {
      event.run();
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.WARNING, "a listener failed; the decision stands", e);
    }
  }
}
