// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import io.l402.VerifiedL402;
import io.l402.caveat.Caveat;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long what a token was let in for may last, where it lasts longer than an answer. */
final class TokenExpiry {
  /** The longest that anything lasts. */
  static final Duration MAX = Duration.ofHours(24);

  private TokenExpiry() {}

  /** What is left of a token's life; the longest there is, if it has no end or nobody paid. */
  static Duration left(Optional<VerifiedL402> token, Instant now) {
    return token.map(it -> left(it, now)).orElse(MAX);
  }

  private static Duration left(VerifiedL402 token, Instant now) {
    String condition = token.service().name() + "_valid_until";
    Duration left = MAX;
    for (Caveat caveat : token.caveats()) {
      if (caveat.condition().equals(condition)) { // verified, so it is a number
        long end = Long.parseLong(caveat.value()); // perhaps further away than any Instant
        Duration until = Duration.ofSeconds(end - now.getEpochSecond()).minusNanos(now.getNano());
        left = until.compareTo(left) < 0 ? until : left;
      }
    }
    return left;
  }
}
