// SPDX-License-Identifier: Apache-2.0
/**
 * The gate: whether a request may pass, and what to charge if it may not.
 *
 * <p>{@link io.l402.gate.L402Gate} takes an {@link io.l402.gate.AccessRequest} for a {@link
 * io.l402.gate.ServicePolicy} and returns a {@link io.l402.gate.Decision}.
 */
package io.l402.gate;
