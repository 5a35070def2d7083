// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import java.io.IOException;
import java.io.PrintStream;

/**
 * What those who have paid notice when the node goes silent: requests with sold tokens go on at a
 * fixed rate while many clients ask for challenges, with the node up and with a node that takes
 * what is sent to it and answers nothing, in turns. For comparison, a phase in which nobody asks.
 *
 * <p>Server, node and load are three processes. Times of a silent phase count from the moment of
 * silence on. Phases begin with the node up when all who ask get their challenges again.
 */
public final class OutageBenchmark {
  private final Workload workload;
  private final PrintStream out;

  OutageBenchmark(Workload workload, PrintStream out) {
    this.workload = workload;
    this.out = out;
  }

  /** Runs it so many times, and returns how many requests with sold tokens were refused. */
  public static int run(int rounds) throws IOException, InterruptedException {
    return new OutageBenchmark(Workload.FULL, System.out).measure(rounds);
  }

  int measure(int rounds) throws IOException, InterruptedException {
    try (Stage stage = new Stage(workload)) {
      warmUp(stage);
      Report report = new Report(out);
      for (int round = 1; round <= rounds; round++) {
        measure(stage, report, round);
      }
      return report.conclude();
    }
  }

  private void warmUp(Stage stage) throws IOException, InterruptedException {
    stage.measure(workload.warmUp());
    stage.silence();
    stage.measure(workload.warmUp());
    stage.restore();
  }

  private void measure(Stage stage, Report report, int round)
      throws IOException, InterruptedException {
    stage.challenging(false);
    report.add(round, Phase.QUIET, calmly(stage));
    stage.challenging(true);
    report.add(round, Phase.UP, calmly(stage));
    stage.awaitCalm();
    stage.silence();
    report.add(round, Phase.SILENT, stage.measure(workload.phase()));
    report.back(stage.restore());
  }

  private PhaseResult calmly(Stage stage) throws InterruptedException {
    stage.awaitCalm();
    return stage.measure(workload.phase());
  }
}
