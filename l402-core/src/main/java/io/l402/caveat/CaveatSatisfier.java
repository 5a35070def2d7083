// SPDX-License-Identifier: Apache-2.0
package io.l402.caveat;

/**
 * Judges the caveats of one condition.
 *
 * <p>Every caveat of the condition is judged: each by itself, and each later one against the one
 * before it, because any holder of a token may add caveats. A satisfier that let a later caveat be
 * wider would let a holder take a restriction away; so there is no default.
 *
 * <p>Satisfiers are total: a value may be anything. One that throws refuses the token all the same,
 * and is reported. Implementations are safe for use by many threads.
 */
public interface CaveatSatisfier {
  /** The condition this satisfier judges, exactly as it stands before the {@code =}. */
  String condition();

  /** Whether {@code current} is as narrow as {@code previous} or narrower. */
  CaveatResult satisfyPrevious(Caveat previous, Caveat current);

  /** Whether the request may pass under this caveat. */
  CaveatResult satisfyFinal(Caveat caveat, CaveatContext context);
}
