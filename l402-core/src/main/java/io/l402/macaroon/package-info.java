// SPDX-License-Identifier: Apache-2.0
/**
 * Macaroons, byte-exact: minting, attenuating, verifying the HMAC chain, and the three forms in
 * which they are written. Knows nothing of L402: identifiers and caveats are bytes here.
 */
package io.l402.macaroon;
