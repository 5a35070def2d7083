// SPDX-License-Identifier: Apache-2.0
package io.l402.keys;

import io.l402.TokenId;
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
}
