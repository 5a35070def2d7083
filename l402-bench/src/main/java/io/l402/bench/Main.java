// SPDX-License-Identifier: Apache-2.0
package io.l402.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs a benchmark and prints medians and ratios.
 *
 * <p>{@code verify [rounds]}: each round runs every subject in a process of its own, one after the
 * other, so that a machine that is busy for a while is unfair to all of them alike.
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
    Map<String, List<Double>> times = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      System.err.println("round " + round + " of " + rounds);
      measure(times);
    }
    print(times);
  }

  private static void measure(Map<String, List<Double>> times) throws RunnerException {
    var options =
        new OptionsBuilder()
            .include(VerifyBenchmark.class.getName())
            .forks(1)
            .warmupIterations(4)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(5)
            .measurementTime(TimeValue.seconds(1))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    for (RunResult result : new Runner(options).run()) {
      String name = result.getPrimaryResult().getLabel();
      double median = result.getPrimaryResult().getStatistics().getPercentile(50);
      times.computeIfAbsent(name, n -> new ArrayList<>()).add(median);
    }
  }

  private static void print(Map<String, List<Double>> times) {
    double baseline = median(times.get(BASELINE));
    System.out.printf("%-12s %14s %10s   rounds%n", "", "median ns/op", "ratio");
    times.forEach(
        (name, rounds) -> {
          String all = Arrays.toString(rounds.stream().mapToLong(Math::round).toArray());
          double median = median(rounds);
          System.out.printf("%-12s %14.0f %10.2f   %s%n", name, median, median / baseline, all);
        });
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
