// SPDX-License-Identifier: Apache-2.0
package io.l402.bench;

import io.l402.bench.outage.OutageBenchmark;
import io.l402.bench.proxy.ProxyBenchmark;
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

/**
 * Runs a benchmark and prints times and ratios.
 *
 * <p>{@code outage [rounds]}: see {@link OutageBenchmark}; ends with 1 if anybody was refused who
 * had paid.
 *
 * <p>{@code proxy [rounds]}: see {@link ProxyBenchmark}; ends with 2 if a load generator is
 * missing.
 *
 * <p>{@code verify [rounds]}: each round runs every subject in a process of its own, one after the
 * other, so that a machine that is busy for a while is unfair to all of them alike. Printed are the
 * medians of the rounds, in nanoseconds an operation: on the wall, and of the processors ({@link
 * CpuTime}), the better guide where other programs run.
 */
public final class Main {
  private static final String BASELINE = "bareCrypto";
  private static final int VERIFY_ROUNDS = 7;
  private static final int OUTAGE_ROUNDS = 5;
  private static final int PROXY_ROUNDS = 9;

  private Main() {}

  /** Runs the benchmark that is named. */
  public static void main(String[] args) throws Exception {
    String name = args.length == 1 || args.length == 2 ? args[0] : "";
    switch (name) {
      case "verify" -> verify(rounds(args, VERIFY_ROUNDS));
      case "outage" -> System.exit(Math.min(OutageBenchmark.run(rounds(args, OUTAGE_ROUNDS)), 1));
      case "proxy" -> System.exit(ProxyBenchmark.run(rounds(args, PROXY_ROUNDS)));
      default -> {
        System.err.println("usage: java -jar l402-bench.jar verify|outage|proxy [rounds]");
        System.exit(2);
      }
    }
  }

  private static int rounds(String[] args, int byDefault) {
    return args.length == 2 ? Integer.parseInt(args[1]) : byDefault;
  }

  private static void verify(int rounds) throws RunnerException {
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
            .warmupIterations(5)
            .warmupTime(TimeValue.seconds(2))
            .measurementIterations(6)
            .measurementTime(TimeValue.seconds(1))
            .addProfiler(CpuTime.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    for (RunResult result : new Runner(options).run()) {
      String name = result.getPrimaryResult().getLabel();
      times.computeIfAbsent(name, n -> new Times()).add(result);
    }
  }

  private static void print(Map<String, Times> times) {
    Times baseline = times.get(BASELINE);
    System.out.printf(
        "%-11s %8s %6s %8s %6s   cpu by round%n", "", "wall", "ratio", "cpu", "ratio");
    times.forEach(
        (name, t) ->
            System.out.printf(
                "%-11s %8.0f %6.2f %8.0f %6.2f   %s%n",
                name,
                median(t.wall),
                median(t.wall) / median(baseline.wall),
                median(t.cpu),
                median(t.cpu) / median(baseline.cpu),
                t.cpu.stream().map(Math::round).toList()));
  }

  private static double median(List<Double> rounds) {
    List<Double> sorted = rounds.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  /** What one subject took, in nanoseconds, round by round. */
  private static final class Times {
    private final List<Double> wall = new ArrayList<>();
    private final List<Double> cpu = new ArrayList<>();

    void add(RunResult result) {
      wall.add(result.getPrimaryResult().getStatistics().getPercentile(50));
      cpu.add(result.getSecondaryResults().get(CpuTime.LABEL).getScore());
    }
  }
}
