// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import io.l402.TokenId;
import io.l402.keys.RevocationList;
import io.l402.keys.RootKeyStoreException;
import java.time.Instant;

/** Nothing is revoked, and nothing can be. */
final class NoRevocations implements RevocationList {
  @Override
  public boolean isRevoked(TokenId tokenId) {
    return false;
  }

  @Override
  public void revoke(TokenId tokenId, Instant until) {
    throw new RootKeyStoreException("revoke: the gate was built without a revocation list");
  }
}
