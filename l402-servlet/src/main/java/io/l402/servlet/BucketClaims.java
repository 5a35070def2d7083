// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Takes a token from every bucket, or from none. */
final class BucketClaims {
  private BucketClaims() {}

  /**
   * Takes all that is claimed, if it is there. The lock of all tables must be held.
   *
   * @return empty if it was taken, else the longest wait
   */
  static Optional<Duration> take(List<? extends BucketTable<?>.Claim> claims) {
    long wait = 0;
    for (BucketTable<?>.Claim claim : claims) {
      wait = Math.max(wait, claim.nanosToWait());
    }
    if (wait > 0) {
      return Optional.of(Duration.ofNanos(wait));
    }
    for (BucketTable<?>.Claim claim : claims) {
      claim.take();
    }
    return Optional.empty();
  }
}
