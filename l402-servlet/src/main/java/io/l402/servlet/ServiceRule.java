// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.gate.AuthLevel;
import io.l402.gate.Pricer;
import io.l402.gate.ServicePolicy;
import java.util.List;
import java.util.Optional;

/**
 * A service of the configuration: what it costs, which requests it takes, and where they go.
 *
 * @param policy what the gate knows of it
 * @param matcher which requests are for it
 * @param rateLimits its rate limits; all that apply must admit a request
 * @param upstream where the proxy forwards to, if it is given an address
 * @param dynamicPrice where prices are asked for, if they are
 */
record ServiceRule(
    ServicePolicy policy,
    ServiceMatcher matcher,
    List<RateLimitRule> rateLimits,
    Optional<Upstream> upstream,
    Optional<DynamicPrice> dynamicPrice) {
  ServiceRule {
    rateLimits = List.copyOf(rateLimits);
  }

  /** The service's name. */
  String name() {
    return policy.name();
  }

  /** The same at another price. */
  ServiceRule withPricer(Pricer pricer) {
    return new ServiceRule(policy.withPricer(pricer), matcher, rateLimits, upstream, dynamicPrice);
  }

  /** Whether a request may have to be paid for. */
  boolean isPaid() {
    return policy.auth().kind() != AuthLevel.Kind.OFF;
  }
}
