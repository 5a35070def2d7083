// SPDX-License-Identifier: Apache-2.0
package io.l402.keys;

import io.l402.L402Identifier;
import io.l402.macaroon.RootKey;
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
}
