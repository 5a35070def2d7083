// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import io.l402.TokenId;
import java.time.Duration;
import java.util.Optional;

/** The rate limits of services. Implementations are safe for use by many threads. */
@FunctionalInterface
public interface ServiceLimiter {
  /** No limits. */
  ServiceLimiter NONE = (request, token) -> Optional.empty();

  /**
   * Admits a request or says when to try again. A refused request uses nothing up.
   *
   * @param request the request
   * @param token the token that was verified; empty to count by the client's address
   * @return empty if admitted
   */
  Optional<Duration> tryAcquire(AccessRequest request, Optional<TokenId> token);
}
