// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Prints a line for each phase, and the comparison at the end. Times are in milliseconds. */
final class Report {
  private static final String HEAD =
      """
      sold: requests with sold tokens, and how long they took; lag: how late the load itself was
      asked: clients that asked for challenges, by answer; cpu: per cent of one processor
                   | sold                                               lag  | asked            | cpu
      round node   |  sent   200 others    p50    p90    p99     max    p99  |  402  503 others | server node all
      """;
  private static final String SOLD = "%5d %-6s | %5d %5d %6d %6.2f %6.2f %6.2f %7.2f %6.2f  |";
  private static final String REST = " %4d %4d %6d | %6.0f %4.0f %3.0f%n";

  private final Map<Phase, List<PhaseResult>> results = new EnumMap<>(Phase.class);
  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
    out.print(HEAD);
  }

  void add(int round, Phase phase, PhaseResult result) {
    results.computeIfAbsent(phase, p -> new ArrayList<>()).add(result);
    print(round, phase, result.sold());
    print(result.challenges(), result.cpu());
  }

  private void print(int round, Phase phase, SoldAnswers sold) {
    Times times = sold.times();
    out.printf(
        SOLD,
        round,
        phase,
        sold.count(),
        sold.passed(),
        sold.refused(),
        times.millis(50),
        times.millis(90),
        times.millis(99),
        times.millis(100),
        sold.lags().millis(99));
  }

  private void print(ChallengeCount asked, CpuMeter.Load cpu) {
    out.printf(
        REST,
        asked.challenged(),
        asked.unavailable(),
        asked.others(),
        cpu.server(),
        cpu.node(),
        cpu.all());
  }

  void back(int seconds) {
    out.printf("        the node is back; so are all challenges, after %d s%n", seconds);
  }

  /** Prints the comparison; returns how many requests with sold tokens were refused. */
  int conclude() {
    double quiet = medianP99(Phase.QUIET);
    double up = medianP99(Phase.UP);
    double silent = medianP99(Phase.SILENT);
    out.printf("median p99: quiet %.2f, up %.2f, silent %.2f%n", quiet, up, silent);
    out.printf("silent/up %.2f, silent/quiet %.2f%n", silent / up, silent / quiet);
    out.printf("requests with sold tokens refused: %d%n", refused());
    return refused();
  }

  private double medianP99(Phase phase) {
    double[] sorted = results.get(phase).stream().mapToDouble(PhaseResult::p99).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  private int refused() {
    return results.values().stream()
        .flatMap(List::stream)
        .mapToInt(result -> result.sold().refused())
        .sum();
  }
}
