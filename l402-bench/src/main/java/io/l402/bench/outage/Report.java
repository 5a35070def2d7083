// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Prints a line for each phase, and the comparison at the end. Times are milliseconds. */
final class Report {
  /** The two states that are compared. */
  enum Node {
    UP,
    SILENT
  }

  private static final String HEAD =
      "round node     sold   200 others |    p50    p90    p99     max  lag p99 |"
          + "  402  503 others | cpu%% server node all%n";
  private static final String LINE =
      "%5d %-6s %6d %5d %6d | %6.2f %6.2f %6.2f %7.2f %8.2f | %4d %4d %6d | %11.0f %4.0f %3.0f%n";

  private final Map<Node, List<PhaseResult>> results = new EnumMap<>(Node.class);
  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
    out.printf(HEAD);
  }

  void add(int round, Node node, PhaseResult result) {
    results.computeIfAbsent(node, n -> new ArrayList<>()).add(result);
    SoldAnswers sold = result.sold();
    Times times = sold.times();
    ChallengeCount challenges = result.challenges();
    out.printf(
        LINE,
        round,
        node.name().toLowerCase(java.util.Locale.ROOT),
        sold.count(),
        sold.passed(),
        result.refused(),
        times.millis(50),
        times.millis(90),
        times.millis(99),
        times.millis(100),
        sold.lags().millis(99),
        challenges.challenged(),
        challenges.unavailable(),
        challenges.others(),
        result.cpu().server(),
        result.cpu().node(),
        result.cpu().all());
  }

  /** Prints the comparison; returns how many requests with sold tokens were refused. */
  int conclude() {
    double up = medianP99(Node.UP);
    double silent = medianP99(Node.SILENT);
    int refused = results.values().stream().flatMap(List::stream).mapToInt(PhaseResult::refused).sum();
    out.printf(
        "median p99: node up %.2f ms, node silent %.2f ms, ratio %.2f; sold tokens refused: %d%n",
        up, silent, silent / up, refused);
    return refused;
  }

  private double medianP99(Node node) {
    double[] sorted = results.get(node).stream().mapToDouble(PhaseResult::p99).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
