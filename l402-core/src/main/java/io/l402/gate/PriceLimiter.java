// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Bounds the prices that are asked for at once, of pricers that are neither {@linkplain
 * Pricer#fixed() fixed} nor {@linkplain Pricer#inProcess() in process}: what they have must not be
 * taken by one client alone. Implementations are safe for use by many threads.
 */
@FunctionalInterface
public interface PriceLimiter {
  /** No limits: while prices take long, one client can keep all others from them. */
  PriceLimiter NONE = client -> Optional.of(() -> {});

  /**
   * Takes a place for as long as a price is asked for.
   *
   * @return what gives the place back, to be run once; empty if this client has none left
   */
  Optional<Runnable> tryAcquire(InetAddress client);
}
