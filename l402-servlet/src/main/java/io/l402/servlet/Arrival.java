// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.gate.AccessRequest;

/** What a request, or one dispatch of it, turns out to be about. */
sealed interface Arrival {
  /** Nothing can be decided on it: no rule was looked at, and nothing was minted. */
  record Refused(Answer answer) implements Arrival {}

  /** No service takes the path. */
  record Unmatched() implements Arrival {}

  /**
   * A service takes it.
   *
   * @param hops the way it came, for whoever it is forwarded to
   */
  record Matched(ServiceRule rule, AccessRequest access, Hops hops) implements Arrival {
    /** For an application that answers itself, so that nobody needs to know how it came. */
    Matched(ServiceRule rule, AccessRequest access) {
      this(rule, access, Hops.UNTOLD);
    }

    /** Whether somebody may have to pay for it. */
    boolean isPaid() {
      return rule.isPaid() && !access.whitelisted();
    }
  }

  /** Of two views of one request, the one that asks for more; the first, if both ask for money. */
  static Arrival dearer(Arrival one, Arrival two) {
    return rank(two) > rank(one) ? two : one;
  }

  private static int rank(Arrival arrival) {
    if (arrival instanceof Unmatched) {
      return 0;
    }
    if (arrival instanceof Matched matched) {
      return matched.isPaid() ? 2 : 1;
    }
    return 3;
  }
}
