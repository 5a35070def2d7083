// SPDX-License-Identifier: Apache-2.0
package io.l402.keys;

import io.l402.TokenId;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Revocations that last as long as the process. */
final class InMemoryRevocationList implements RevocationList {
  private final Map<TokenId, Instant> revoked = new ConcurrentHashMap<>();
  private final Clock clock;

  InMemoryRevocationList(Clock clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public boolean isRevoked(TokenId tokenId) {
    return revoked.containsKey(tokenId);
  }

  @Override
  public void revoke(TokenId tokenId, Instant until) {
    Instant now = clock.instant();
    revoked.values().removeIf(end -> !end.isAfter(now));
    revoked.merge(tokenId, until, (a, b) -> a.isAfter(b) ? a : b);
  }
}
