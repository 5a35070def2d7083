// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.gate.PriceLimiter;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Bounds the prices that are asked for at once on behalf of one client (an IPv4 address or IPv6
 * /56), so that a price server that hangs is not occupied by one alone.
 *
 * <p>The table holds only clients whose price is being asked for, at most {@code capacity} of them;
 * the next share one count. Safe for use by many threads.
 */
final class PricesInFlight implements PriceLimiter {
  /** How many prices may be asked for at once on behalf of one client. */
  static final int PER_CLIENT = 8;

  /** How many clients are told apart, unless told otherwise. */
  static final int DEFAULT_CAPACITY = 10_000;

  private static final class Count {
    private int asked;
  }

  private final int capacity;
  private final Map<AddressPrefix, Count> counts = new HashMap<>();
  private final Count overflow = new Count();

  PricesInFlight(int capacity) {
    this.capacity = capacity;
  }

  @Override
  public synchronized Optional<Runnable> tryAcquire(InetAddress client) {
    AddressPrefix key = AddressPrefix.ofClient(client);
    Count known = counts.get(key);
    Count count = known == null ? newcomer() : known;
    if (count.asked >= PER_CLIENT) {
      return Optional.empty();
    }
    count.asked++;
    if (count != overflow) {
      counts.put(key, count);
    }
    return Optional.of(() -> leave(key, count));
  }

  private Count newcomer() {
    return counts.size() < capacity ? new Count() : overflow;
  }

  private synchronized void leave(AddressPrefix key, Count count) {
    count.asked--;
    if (count.asked == 0) {
      counts.remove(key, count); // unless it is the overflow, which is under no key
    }
  }

  /** How many clients have a count of their own. */
  synchronized int size() {
    return counts.size();
  }
}
