// SPDX-License-Identifier: Apache-2.0
package io.l402.keys;

import io.l402.L402Identifier;
import io.l402.crypto.Sha256;
import io.l402.macaroon.RootKey;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** One random root key per token, under the SHA-256 of its identifier, as aperture keeps them. */
final class InMemoryRootKeyStore implements RootKeyStore {
  private final Map<ByteBuffer, Entry> entries = new ConcurrentHashMap<>();

  /** The names of the entries in the order they were made, which is that in which they run out. */
  private final Deque<ByteBuffer> oldestFirst = new ArrayDeque<>();

  private final SecureRandom random = new SecureRandom();
  private final int maxTokens;
  private final Duration life;
  private final Clock clock;

  InMemoryRootKeyStore(int maxTokens, Duration life, Clock clock) {
    if (maxTokens < 1 || life.isZero() || life.isNegative()) {
      throw new IllegalArgumentException("root keys in memory: expected room and a life above 0");
    }
    this.maxTokens = maxTokens;
    this.life = life;
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public synchronized RootKey create(L402Identifier identifier) {
    Instant now = clock.instant();
    dropExpired(now);
    ByteBuffer name = name(identifier);
    Entry known = entries.get(name);
    if (known != null) {
      return known.rootKey();
    }
    if (entries.size() >= maxTokens) {
      throw new RootKeyStoreException(
          "root keys in memory: all " + maxTokens + " places are taken by tokens that still live");
    }
    Entry entry = new Entry(RootKey.random(random), now.plus(life));
    entries.put(name, entry);
    oldestFirst.add(name);
    return entry.rootKey();
  }

  private void dropExpired(Instant now) {
    while (!oldestFirst.isEmpty() && !entries.get(oldestFirst.peek()).livesAt(now)) {
      entries.remove(oldestFirst.remove());
    }
  }

  @Override
  public List<RootKey> candidates(L402Identifier identifier) {
    Entry entry = entries.get(name(identifier));
    return entry != null && entry.livesAt(clock.instant()) ? List.of(entry.rootKey()) : List.of();
  }

  private static ByteBuffer name(L402Identifier identifier) {
    return ByteBuffer.wrap(Sha256.hash(identifier.toByteArray())).asReadOnlyBuffer();
  }

  private record Entry(RootKey rootKey, Instant until) {
    boolean livesAt(Instant now) {
      return now.isBefore(until);
    }
  }

  @Override
  public String toString() {
    return "InMemoryRootKeyStore(" + entries.size() + " of " + maxTokens + ")";
  }
}
