// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.time.Duration;
import java.util.Optional;

/**
 * How many challenges may be made.
 *
 * @param client for one IPv4 address or IPv6 /56
 * @param network for one IPv4 /16 or IPv6 /48
 * @param total for everybody together
 */
record ChallengeLimits(Optional<Rate> client, Optional<Rate> network, Optional<Rate> total) {
  /** On by default: an invoice costs the node work, and anybody can ask for one. */
  static final ChallengeLimits DEFAULT =
      new ChallengeLimits(
          Optional.of(Rate.of(10, Duration.ofMinutes(1))),
          Optional.of(Rate.of(100, Duration.ofMinutes(1))),
          Optional.of(new Rate(50, Duration.ofSeconds(1), 100)));

  /** No limits. */
  static final ChallengeLimits OFF =
      new ChallengeLimits(Optional.empty(), Optional.empty(), Optional.empty());
}
