// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import java.util.concurrent.CompletionStage;

/** Decides whether requests may pass. (Placeholder; see the builder's contract below.) */
public final class L402Gate implements AutoCloseable {
  private L402Gate() {}

  /**
   * Decides whether a request may pass, and what to charge if it may not. For a presented token, in
   * default mode, the stage is already complete. The stage never fails and never grants on error.
   */
  public CompletionStage<Decision> decide(AccessRequest request) {
    throw new IllegalStateException("placeholder");
  }

  /** Ends the threads of the gate; does not close the backend. */
  @Override
  public void close() {}
}
