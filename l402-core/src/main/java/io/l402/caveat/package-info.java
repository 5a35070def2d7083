// SPDX-License-Identifier: Apache-2.0
/**
 * What a token is restricted to, and who judges it.
 *
 * <p>{@link io.l402.caveat.CaveatChecker} judges the caveats of a token whose signature was
 * verified; {@link io.l402.caveat.CaveatSatisfier} is how an application judges its own.
 */
package io.l402.caveat;
