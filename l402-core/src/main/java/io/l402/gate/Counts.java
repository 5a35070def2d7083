// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import java.util.Objects;

/**
 * What is counted for a service. Dry runs have counts of their own: they must use nothing up.
 *
 * @param services the rate limits of services
 * @param challenges the limits on challenges
 * @param freebies the free requests
 */
record Counts(ServiceLimiter services, ChallengeLimiter challenges, FreebieStore freebies) {
  /** Counts nothing. */
  static final Counts NONE =
      new Counts(ServiceLimiter.NONE, ChallengeLimiter.NONE, new NoFreebies());

  Counts {
    Objects.requireNonNull(services, "services");
    Objects.requireNonNull(challenges, "challenges");
    Objects.requireNonNull(freebies, "freebies");
  }
}
