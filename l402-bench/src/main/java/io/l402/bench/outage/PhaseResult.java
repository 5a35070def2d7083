// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

/**
 * What a phase has come to.
 *
 * @param sold what became of those who had paid
 * @param challenges what became of those who had not
 * @param cpu what it cost
 */
record PhaseResult(SoldAnswers sold, ChallengeCount challenges, CpuMeter.Usage cpu) {
  double p99() {
    return sold.times().millis(99);
  }
}
