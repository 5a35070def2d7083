// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/** Bounds the challenges that are made. Implementations are safe for use by many threads. */
@FunctionalInterface
public interface ChallengeLimiter {
  /** No limits: any client can make the node create any number of invoices. */
  ChallengeLimiter NONE = client -> Optional.empty();

  /**
   * Admits a challenge or says when to try again. A refused one uses nothing up.
   *
   * @return empty if admitted
   */
  Optional<Duration> tryAcquire(InetAddress client);
}
