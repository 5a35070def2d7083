// SPDX-License-Identifier: Apache-2.0
package io.l402;

import java.util.Objects;

/** What came of verifying a credential. */
public sealed interface Verification {
  /**
   * The credential is good for the request.
   *
   * @param token the proof
   */
  record Verified(VerifiedL402 token) implements Verification {
    /** Checks that the proof is there. */
    public Verified {
      Objects.requireNonNull(token, "token");
    }
  }

  /**
   * The credential does not do.
   *
   * @param reason why not
   */
  record Rejected(RejectionReason reason) implements Verification {
    /** Checks that a reason is given. */
    public Rejected {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
