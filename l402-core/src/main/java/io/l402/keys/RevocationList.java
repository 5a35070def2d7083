// SPDX-License-Identifier: Apache-2.0
package io.l402.keys;

import io.l402.TokenId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;

/**
 * The tokens that are refused although they were paid for.
 *
 * <p>Implementations are safe for use by many threads, and are asked at every request that presents
 * a token whose HMAC chain verified.
 */
public interface RevocationList {
  /**
   * Whether the token was revoked.
   *
   * @throws RootKeyStoreException if that cannot be told now; nothing is granted then
   */
  boolean isRevoked(TokenId tokenId);

  /**
   * Refuses a token from now on; it is written durably when this returns. Revoking twice is no
   * error.
   *
   * @param tokenId the token
   * @param until when the token is invalid anyway, so that the entry may be dropped; {@link
   *     Instant#MAX} keeps it for ever
   * @throws RootKeyStoreException if it cannot be written
   */
  void revoke(TokenId tokenId, Instant until);

  /** A list in memory, by the system's clock: revocations end with the process. */
  static RevocationList inMemory() {
    return inMemory(Clock.systemUTC());
  }

  /** A list in memory: revocations end with the process. */
  static RevocationList inMemory(Clock clock) {
    return new InMemoryRevocationList(clock);
  }

  /**
   * A list in a file that several processes may share: one token a line, {@code <token id in hex>
   * <unix seconds until which it is kept, or "never">}; blank lines and what follows a {@code #}
   * are skipped. The file is made, for its owner only, if there is none.
   *
   * <p>What is revoked through this list is refused at once. What another process or an editor adds
   * is refused within a second: the file is looked at once a second at most. While it is missing,
   * unreadable, larger than 16 MiB or malformed in any line, {@link #isRevoked} throws.
   *
   * <p>Entries that have run out are dropped when many have gathered; comments go with them. Beside
   * the file lies an empty one, its name with {@code .lock} behind, that writers lock.
   *
   * @throws RootKeyStoreException if the file cannot be made or read
   */
  static RevocationList file(Path file, Clock clock) {
    return new FileRevocationList(file, clock);
  }
}
