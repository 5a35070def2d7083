// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints a line for each phase, and the comparison at the end. Times are in milliseconds. */
final class Report {
  private static final String HEAD =
      """
      sold   requests with sold tokens, how they were answered and after how many milliseconds
      lag    how late the load itself was, at the 99th percentile
      asked  how clients that asked for challenges were answered
      cpu    per cent of one processor; * where others took so much that the phase does not count

                   | sold                                            |   lag | asked          | cpu
      round node   |  sent   200 other    p50    p90    p99      max |       |  402  503 other| server node load others
      """;
  private static final String SOLD = "%5d %-6s | %5d %5d %5d %6.2f %6.2f %6.2f %8.2f | %5.2f ";
  private static final String REST = "| %4d %4d %5d | %5.0f %4.0f %4.0f %6.0f %s%n";

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
        Locale.ROOT,
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

  private void print(ChallengeCount asked, CpuMeter.Usage cpu) {
    out.printf(
        Locale.ROOT,
        REST,
        asked.challenged(),
        asked.unavailable(),
        asked.others(),
        cpu.server(),
        cpu.node(),
        cpu.load(),
        cpu.others(),
        cpu.isDisturbed() ? "*" : "");
  }

  void back(int seconds) {
    out.printf(Locale.ROOT, "      back   | all challenges, %d s after the node%n", seconds);
  }

  /** Prints the comparison; returns how many requests with sold tokens were refused. */
  int conclude() {
    double quiet = medianP99(Phase.QUIET);
    double up = medianP99(Phase.UP);
    double silent = medianP99(Phase.SILENT);
    out.printf(Locale.ROOT, "silent/up %.2f, silent/quiet %.2f", silent / up, silent / quiet);
    out.printf(
        Locale.ROOT, "%s%n", isFair() ? "" : ": of disturbed phases, and so of little worth");
    out.printf(Locale.ROOT, "requests with sold tokens refused: %d%n", refused());
    return refused();
  }

  private double medianP99(Phase phase) {
    List<PhaseResult> counting = isFair() ? undisturbed(phase) : results.get(phase);
    double median = median(counting);
    out.printf(
        Locale.ROOT,
        "median p99 %-6s %6.2f, %d of %d phases%n",
        phase,
        median,
        counting.size(),
        results.get(phase).size());
    return median;
  }

  /** Whether there is an undisturbed phase of each kind: only like is compared with like. */
  private boolean isFair() {
    return results.keySet().stream().noneMatch(phase -> undisturbed(phase).isEmpty());
  }

  private List<PhaseResult> undisturbed(Phase phase) {
    return results.get(phase).stream().filter(result -> !result.cpu().isDisturbed()).toList();
  }

  private static double median(List<PhaseResult> results) {
    double[] sorted = results.stream().mapToDouble(PhaseResult::p99).sorted().toArray();
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
