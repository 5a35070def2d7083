// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final double CALM = 5;
  private static final double BUSY = 150;

  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private final Report report = new Report(new PrintStream(text, true, StandardCharsets.US_ASCII));

  private void add(Phase phase, int status, long millis, double others) {
    SoldAnswers answers = new SoldAnswers(new long[1], 0);
    answers.answered(0, status, millis * 1_000_000);
    CpuMeter.Usage cpu = new CpuMeter.Usage(0, 0, 0, others);
    report.add(1, phase, new PhaseResult(answers, ChallengeCount.NONE, cpu));
  }

  private void expect(String line) {
    String all = text.toString(StandardCharsets.US_ASCII);
    assertTrue(all.contains(line), all);
  }

  @Test
  void comparesMediansOfUndisturbedPhases() {
    add(Phase.QUIET, 200, 1, CALM);
    add(Phase.UP, 200, 2, CALM);
    add(Phase.UP, 200, 4, CALM);
    add(Phase.SILENT, 200, 6, CALM);
    add(Phase.SILENT, 200, 90, BUSY);

    assertEquals(0, report.conclude());
    expect("silent/up 2.00, silent/quiet 6.00" + System.lineSeparator() + "requests");
  }

  @Test
  void comparesAllPhasesWhereAKindWasAlwaysDisturbed() {
    add(Phase.QUIET, 200, 30, BUSY);
    add(Phase.UP, 200, 20, CALM);
    add(Phase.UP, 200, 40, BUSY);
    add(Phase.SILENT, 200, 60, BUSY);

    report.conclude();
    expect("silent/up 2.00, silent/quiet 2.00: of disturbed phases");
  }

  @Test
  void countsRefusedTokensOfDisturbedPhasesToo() {
    add(Phase.QUIET, 402, 1, CALM);
    add(Phase.UP, 200, 1, CALM);
    add(Phase.SILENT, 503, 1, BUSY);
    add(Phase.SILENT, 0, 1, BUSY);

    assertEquals(3, report.conclude());
  }
}
