// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.github.bucket4j.TimeMeter;
import io.l402.gate.ChallengeLimiter;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bounds the challenges made for one client (an IPv4 address or IPv6 /56), for the network around
 * it (/16 or /48), and in total.
 *
 * <p>A refused challenge uses nothing up in any of the three, and leaves no trace: the tables hold
 * only clients that were admitted and whose buckets have not filled up again, and at most {@code
 * capacity} of them; the next share a bucket. An entry takes about 150 bytes, so the two tables at
 * most 30 MB by default. Safe for use by many threads: decisions are made one after the other.
 */
final class BucketChallengeLimiter implements ChallengeLimiter {
  /** How many clients, and how many networks, are told apart unless told otherwise. */
  static final int DEFAULT_CAPACITY = 100_000;

  private final Optional<BucketTable<AddressPrefix>> clients;
  private final Optional<BucketTable<AddressPrefix>> networks;
  private final Optional<BucketTable<Boolean>> total;

  /** Limits by the system's clock, with the default capacity. */
  BucketChallengeLimiter(ChallengeLimits limits) {
    this(limits, DEFAULT_CAPACITY, TimeMeter.SYSTEM_NANOTIME);
  }

  /**
   * Limits.
   *
   * @param capacity how many clients, and how many networks, are told apart
   * @param time the time, which must not be a clock that people can set
   */
  BucketChallengeLimiter(ChallengeLimits limits, int capacity, TimeMeter time) {
    clients = limits.client().map(rate -> new BucketTable<>(rate, capacity, time));
    networks = limits.network().map(rate -> new BucketTable<>(rate, capacity, time));
    total = limits.total().map(rate -> new BucketTable<>(rate, 1, time));
  }

  @Override
  public synchronized Optional<Duration> tryAcquire(InetAddress client) {
    List<BucketTable<?>.Claim> claims = new ArrayList<>(3);
    clients.ifPresent(table -> claims.add(table.claim(AddressPrefix.ofClient(client))));
    networks.ifPresent(table -> claims.add(table.claim(AddressPrefix.ofNetwork(client))));
    total.ifPresent(table -> claims.add(table.claim(Boolean.TRUE)));
    return BucketClaims.take(claims);
  }
}
