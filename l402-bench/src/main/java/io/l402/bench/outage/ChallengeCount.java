// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

/**
 * How those were answered who asked for a challenge.
 *
 * @param challenged with 402
 * @param unavailable with 503
 * @param others with anything else
 */
record ChallengeCount(int challenged, int unavailable, int others) {
  static final ChallengeCount NONE = new ChallengeCount(0, 0, 0);

  ChallengeCount plus(int status) {
    return switch (status) {
      case 402 -> new ChallengeCount(challenged + 1, unavailable, others);
      case 503 -> new ChallengeCount(challenged, unavailable + 1, others);
      default -> new ChallengeCount(challenged, unavailable, others + 1);
    };
  }

  /** Whether everybody gets a challenge. */
  boolean isHealthy() {
    return challenged > 0 && unavailable == 0 && others == 0;
  }
}
