// SPDX-License-Identifier: Apache-2.0
/**
 * The L402 protocol: identifiers, credentials, challenges, and what turns one into the other.
 *
 * <p>An {@link io.l402.L402Challenge} asks for a payment; with the preimage it becomes an {@link
 * io.l402.L402Credential}, which proves nothing until {@link io.l402.L402Verifier} has made a
 * {@link io.l402.VerifiedL402} of it.
 */
package io.l402;
