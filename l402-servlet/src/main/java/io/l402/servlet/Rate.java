// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.time.Duration;
import java.util.Objects;

/**
 * So many requests in so much time, and how many at once.
 *
 * @param requests how many are refilled in {@code per}; at least 1
 * @param per the time; more than nothing
 * @param burst how many may come at once; at least 1
 */
record Rate(long requests, Duration per, long burst) {
  /** The largest number of requests and the largest burst. */
  static final long MAX = 1_000_000_000;

  /** The longest time that a rate is counted over. */
  static final Duration MAX_PER = Duration.ofDays(366);

  Rate {
    Objects.requireNonNull(per, "per");
    if (requests < 1 || requests > MAX || burst < 1 || burst > MAX) {
      throw new IllegalArgumentException("expected 1 to " + MAX + " requests");
    }
    if (per.isZero() || per.isNegative() || per.compareTo(MAX_PER) > 0) {
      throw new IllegalArgumentException("expected a time of more than 0 and at most 366 days");
    }
  }

  /** A rate whose burst is the number of its requests. */
  static Rate of(long requests, Duration per) {
    return new Rate(requests, per, requests);
  }
}
