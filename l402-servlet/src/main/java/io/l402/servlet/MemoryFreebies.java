// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.gate.FreebieStore;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Counts free requests in memory, by service and by the client's IPv4 /24 or IPv6 /48.
 *
 * <p>A count begins with the first free request and ends one window later; then there are as many
 * again. Entries leave in no other way: while {@code capacity} of them are alive, all further
 * clients, of all services, share one count. An entry takes about 150 bytes, so the default table
 * at most 15 MB. With several servers, each counts for itself.
 *
 * <p>If the clock is set back, counts last longer by as much. Safe for use by many threads.
 */
final class MemoryFreebies implements FreebieStore {
  /** How many counts are held, unless told otherwise. */
  static final int DEFAULT_CAPACITY = 100_000;

  private record Key(String service, AddressPrefix client) {}

  private static final class Count {
    private final Instant end;
    private int used;

    private Count(Instant end) {
      this.end = end;
    }
  }

  private final BoundedTable<Key, Count> counts;

  /**
   * An empty store.
   *
   * @param window how long a free request counts
   * @param capacity how many clients are told apart
   * @throws IllegalArgumentException if either is not more than 0
   */
  MemoryFreebies(Duration window, int capacity, Clock clock) {
    Objects.requireNonNull(clock, "clock");
    if (window.isZero() || window.isNegative()) {
      throw new IllegalArgumentException("window: expected more than 0");
    }
    counts =
        new BoundedTable<>(
            capacity,
            () -> new Count(clock.instant().plus(window)),
            count -> count.used == 0 || !clock.instant().isBefore(count.end));
  }

  @Override
  public synchronized boolean tryConsume(String service, InetAddress client, int allowed) {
    Key key = new Key(service, AddressPrefix.ofFreebies(client));
    Count count = counts.find(key);
    if (count.used >= allowed) {
      return false;
    }
    if (count.used == 0) {
      counts.keep(key, count); // where it stays, so that the table is in the order of the ends
    }
    count.used++;
    return true;
  }

  /** Where the count has ended meanwhile there is nothing to give back. */
  @Override
  public synchronized void giveBack(String service, InetAddress client) {
    Count count = counts.find(new Key(service, AddressPrefix.ofFreebies(client)));
    if (count.used > 0) {
      count.used--;
    }
  }
}
