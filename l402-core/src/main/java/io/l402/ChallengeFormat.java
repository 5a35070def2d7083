// SPDX-License-Identifier: Apache-2.0
package io.l402;

/**
 * How challenges are written.
 *
 * @param legacyChallenge whether the LSAT field goes out first, for clients that know no other
 * @param tokenParameter whether the L402 field also says {@code version} and {@code token}
 */
public record ChallengeFormat(boolean legacyChallenge, boolean tokenParameter) {
  /** Both: what all deployed clients understand. */
  public static final ChallengeFormat DEFAULT = new ChallengeFormat(true, true);
}
