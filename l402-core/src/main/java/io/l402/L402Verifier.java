// SPDX-License-Identifier: Apache-2.0
package io.l402;

/** Verifies credentials. (Placeholder.) */
public final class L402Verifier {
  private L402Verifier() {}
}
