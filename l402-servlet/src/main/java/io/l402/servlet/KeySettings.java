// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.keys.RevocationList;
import io.l402.keys.RootKeyStore;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where root keys, revocations and the place in the node's payments are kept.
 *
 * @param masterKeyFile the file of master keys; empty only with a simulated backend, with a store
 *     given in code, or if no service is paid for
 * @param realm the salt of derived keys; empty by default
 * @param revocationFile the file of revoked tokens, if there is one
 * @param settlementCursorFile the file that says which payments the listener has heard of; empty
 *     with a simulated backend
 * @param rootKeyStore a store that was given in code; it comes before the file
 * @param revocationList a list that was given in code; it comes before the file
 */
record KeySettings(
    Optional<Path> masterKeyFile,
    String realm,
    Optional<Path> revocationFile,
    Optional<Path> settlementCursorFile,
    Optional<RootKeyStore> rootKeyStore,
    Optional<RevocationList> revocationList) {}
