// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import java.time.Duration;

/**
 * How much is asked of the server, and for how long.
 *
 * @param rate requests with sold tokens in a second
 * @param tokens how many tokens are bought for them
 * @param challengers clients that ask for challenges, each again a second after it was answered
 * @param warmUp how long before anything counts, with the node up and again with it silent
 * @param phase how long a phase is
 */
record Workload(int rate, int tokens, int challengers, Duration warmUp, Duration phase) {
  static final Workload FULL =
      new Workload(2_000, 256, 200, Duration.ofSeconds(30), Duration.ofSeconds(12));
}
