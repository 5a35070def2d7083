// SPDX-License-Identifier: Apache-2.0
package io.l402.caveat;

import io.l402.RejectionReason;
import java.util.Objects;

/** What a satisfier says of a caveat: that it holds, or why it does not. */
public sealed interface CaveatResult {
  /** The caveat holds. */
  CaveatResult SATISFIED = new Satisfied();

  /** The caveat does not hold. */
  static CaveatResult refused() {
    return new Refused(RejectionReason.CAVEAT);
  }

  /** The caveat does not hold, with a reason of its own. */
  static CaveatResult refused(RejectionReason reason) {
    return new Refused(reason);
  }

  /** {@link #SATISFIED} if the condition holds, else {@link #refused()}. */
  static CaveatResult satisfiedIf(boolean condition) {
    return condition ? SATISFIED : refused();
  }

  /** The caveat holds. */
  record Satisfied() implements CaveatResult {}

  /**
   * The caveat does not hold.
   *
   * @param reason what the client is told
   */
  record Refused(RejectionReason reason) implements CaveatResult {
    /** Checks that a reason is given. */
    public Refused {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
