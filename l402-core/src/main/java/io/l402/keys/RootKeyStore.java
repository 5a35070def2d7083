// SPDX-License-Identifier: Apache-2.0
package io.l402.keys;

import io.l402.L402Identifier;
import io.l402.macaroon.RootKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Where the root keys of tokens come from.
 *
 * <p>Implementations are safe for use by many threads. They are called on the thread of the
 * request; one that does I/O bounds the time it takes.
 */
public interface RootKeyStore {
  /**
   * The key to mint this token with. A store that keeps keys has written it durably when this
   * returns.
   *
   * @throws RootKeyStoreException if it cannot; no token is minted then
   */
  RootKey create(L402Identifier identifier);

  /**
   * The keys this token may have been minted with, the likeliest first; empty if none is known.
   *
   * @throws RootKeyStoreException if that cannot be told now; nothing is granted then
   */
  List<RootKey> candidates(L402Identifier identifier);

  /**
   * Root keys derived from master keys: nothing is stored, so that challenges nobody pays for cost
   * nothing, and servers with the same master keys verify each other's tokens. Never blocks.
   */
  static RootKeyStore derived(MasterKeys masterKeys) {
    return new DerivedRootKeyStore(masterKeys);
  }

  /**
   * One random root key per token, kept in memory: tokens end with the process.
   *
   * <p>When it is full of keys that still live, no more tokens are minted ({@link
   * RootKeyStoreException}) until one has run out; none is ever pushed out.
   *
   * @param maxTokens the most keys to keep
   * @param life how long a key is kept, and therefore the longest that a token can live
   * @param clock tells when a key has run out
   * @throws IllegalArgumentException if {@code maxTokens} or {@code life} is not above 0
   */
  static RootKeyStore inMemory(int maxTokens, Duration life, Clock clock) {
    return new InMemoryRootKeyStore(maxTokens, life, clock);
  }
}
