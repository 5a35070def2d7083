// SPDX-License-Identifier: Apache-2.0
package io.l402.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs a benchmark and prints times and ratios.
 *
 * <p>{@code verify [rounds]}: each round runs every subject in a process of its own, one after the
 * other, so that a machine that is busy for a while is unfair to all of them alike. {@code median}
 * is that of the rounds; {@code best}, the fastest second of all, is what the least disturbed
 * second took, and the better guide where other programs run.
 */
public final class Main {
  private static final String BASELINE = "bareCrypto";
  private static final int ROUNDS = 7;

  private Main() {}

  /** Runs the benchmark that is named. */
  public static void main(String[] args) throws RunnerException {
    if (args.length < 1 || args.length > 2 || !args[0].equals("verify")) {
      System.err.println("usage: java -jar l402-bench.jar verify [rounds]");
      System.exit(2);
    }
    int rounds = args.length == 2 ? Integer.parseInt(args[1]) : ROUNDS;
    Map<String, Times> times = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      System.err.println("round " + round + " of " + rounds);
      measure(times);
    }
    print(times);
  }

  private static void measure(Map<String, Times> times) throws RunnerException {
    var options =
        new OptionsBuilder()
            .include(VerifyBenchmark.class.getName())
            .forks(1)
            .warmupIterations(4)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(6)
            .measurementTime(TimeValue.seconds(1))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    for (RunResult result : new Runner(options).run()) {
      Statistics seconds = result.getPrimaryResult().getStatistics();
      String name = result.getPrimaryResult().getLabel();
      times.computeIfAbsent(name, n -> new Times()).add(seconds);
    }
  }

  private static void print(Map<String, Times> times) {
    Times baseline = times.get(BASELINE);
    System.out.printf("%-11s %9s %6s %9s %6s%n", "ns/op", "median", "ratio", "best", "ratio");
    times.forEach(
        (name, t) ->
            System.out.printf(
                "%-11s %9.0f %6.2f %9.0f %6.2f   medians of the rounds: %s%n",
                name,
                t.median(),
                t.median() / baseline.median(),
                t.best(),
                t.best() / baseline.best(),
                t.rounded()));
  }

  /** What one subject took, in nanoseconds, round by round. */
  private static final class Times {
    private final List<Double> medians = new ArrayList<>();
    private double best = Double.MAX_VALUE;

    void add(Statistics seconds) {
      medians.add(seconds.getPercentile(50));
      best = Math.min(best, seconds.getMin());
    }

    double best() {
      return best;
    }

    double median() {
      List<Double> sorted = medians.stream().sorted().toList();
      return sorted.get(sorted.size() / 2);
    }

    List<Long> rounded() {
      return medians.stream().map(Math::round).toList();
    }
  }
}
