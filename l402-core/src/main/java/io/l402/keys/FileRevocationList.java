// SPDX-License-Identifier: Apache-2.0
package io.l402.keys;

import io.l402.TokenId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A revocation list in a file that several processes may share. */
final class FileRevocationList implements RevocationList {
  /** How long what was read is believed before the file is looked at again. */
  static final long WINDOW_MILLIS = 1_000;

  /** The fewest entries that have run out for which the file is written anew. */
  private static final int WORTH_A_REWRITE = 100;

  private final RevocationFile file;
  private final RevocationLock lock;
  private final Clock clock;
  private volatile State state;

  FileRevocationList(Path path, Clock clock) {
    this.file = new RevocationFile(Objects.requireNonNull(path, "path"));
    this.lock = new RevocationLock(path);
    this.clock = Objects.requireNonNull(clock, "clock");
    try {
      file.createIfAbsent();
    } catch (IOException e) {
      throw new RootKeyStoreException("revocation file " + path + ": cannot be made", e);
    }
    this.state = read(null);
    state.entries();
  }

  @Override
  public boolean isRevoked(TokenId tokenId) {
    State known = state;
    if (!known.isFresh(clock.millis())) {
      known = refresh();
    }
    return known.entries().containsKey(tokenId);
  }

  /** One thread looks, and the others wait: nobody is granted on what is too old. */
  private synchronized State refresh() {
    if (!state.isFresh(clock.millis())) {
      state = read(state);
    }
    return state;
  }

  /** The state of the file; {@code before} if it has not changed since. Never throws. */
  private State read(State before) {
    long now = clock.millis();
    try {
      RevocationFile.Stamp stamp = file.stamp();
      if (before != null && stamp.equals(before.stamp())) {
        return new State(before.known(), stamp, now, null);
      }
      return new State(Map.copyOf(file.read()), stamp, now, null);
    } catch (IOException e) {
      String message = "revocation file " + file + ": cannot be read: " + e.getMessage();
      return new State(Map.of(), null, now, new RootKeyStoreException(message, e));
    }
  }

  @Override
  public void revoke(TokenId tokenId, Instant until) {
    Objects.requireNonNull(tokenId, "tokenId");
    Objects.requireNonNull(until, "until");
    try {
      lock.alone(() -> add(tokenId, until));
    } catch (IOException e) {
      throw new RootKeyStoreException("revocation file " + file + ": cannot be written", e);
    } finally {
      readAgain();
    }
  }

  private synchronized void readAgain() {
    state = read(null);
  }

  private void add(TokenId tokenId, Instant until) throws IOException {
    Map<TokenId, Instant> entries = file.read();
    Instant known = entries.get(tokenId);
    if (known != null && !known.isBefore(until)) {
      return;
    }
    Map<TokenId, Instant> live = new HashMap<>(entries);
    Instant now = clock.instant();
    live.values().removeIf(end -> !end.isAfter(now));
    if (isWorthARewrite(entries.size() - live.size(), live.size())) {
      live.put(tokenId, until);
      file.rewrite(live);
    } else {
      file.append(tokenId, until);
    }
  }

  private boolean isWorthARewrite(int expired, int live) throws IOException {
    return expired > 0 && !file.hasRoom() || expired >= WORTH_A_REWRITE && expired >= live;
  }

  /** What was read, and when; or why it could not be, which holds as long. */
  private record State(
      Map<TokenId, Instant> known,
      RevocationFile.Stamp stamp,
      long readAtMillis,
      RootKeyStoreException failure) {
    /** A clock that was set back does not make this fresh for longer. */
    boolean isFresh(long nowMillis) {
      long age = nowMillis - readAtMillis;
      return age >= 0 && age < WINDOW_MILLIS;
    }

    Map<TokenId, Instant> entries() {
      if (failure != null) {
        throw new RootKeyStoreException(failure.getMessage(), failure);
      }
      return known;
    }
  }
}
