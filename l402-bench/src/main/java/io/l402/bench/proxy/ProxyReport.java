// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.proxy;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Prints each run as it comes, and medians and ratios at the end. */
final class ProxyReport {
  private static final String HEAD = "%-8s %-17s %8s %7s %7s | %9s %6s %6s%n";
  private static final String LINE = "%-8s %-17s %8.0f %7.2f %7.2f | %9.1f %6.1f %6.0f %s%n";

  private final Map<Protocol, Map<Subject, List<Measurement>>> results =
      new EnumMap<>(Protocol.class);
  private final PrintStream out;

  ProxyReport(PrintStream out) {
    this.out = out;
    out.println(
        """
        p50 and p99 in milliseconds
        cpu          of proxy and upstream, in microseconds for each request
        others       in per cent of one processor; * where they took so much that it disturbs
        """);
    head("");
  }

  private void head(String title) {
    out.printf(HEAD, title, "", "req/s", "p50", "p99", "cpu:proxy", "upstr.", "others");
  }

  void add(Protocol protocol, Subject subject, Measurement run) {
    results
        .computeIfAbsent(protocol, p -> new EnumMap<>(Subject.class))
        .computeIfAbsent(subject, s -> new ArrayList<>())
        .add(run);
    print(protocol, subject, List.of(run));
  }

  private void print(Protocol protocol, Subject subject, List<Measurement> runs) {
    out.printf(
        Locale.ROOT,
        LINE,
        protocol.title(),
        subject.title(),
        median(runs, run -> run.load().rate()),
        median(runs, run -> run.load().p50()),
        median(runs, run -> run.load().p99()),
        median(runs, Measurement::proxyMicros),
        median(runs, Measurement::upstreamMicros),
        median(runs, Measurement::others),
        runs.stream().anyMatch(Measurement::isDisturbed) ? "*" : "");
  }

  void conclude() {
    out.println();
    head("median");
    results.forEach(
        (protocol, bySubject) ->
            bySubject.forEach((subject, runs) -> print(protocol, subject, runs)));
    out.println("* not all runs were undisturbed");
    out.println();
    results.forEach(this::compare);
  }

  private void compare(Protocol protocol, Map<Subject, List<Measurement>> bySubject) {
    List<Measurement> sold = bySubject.get(Subject.SOLD);
    compare(protocol, "sold/with token", sold, bySubject.get(Subject.CARRIED));
    compare(protocol, "sold/no filter", sold, bySubject.get(Subject.BARE));
  }

  private void compare(
      Protocol protocol, String what, List<Measurement> sold, List<Measurement> base) {
    List<Double> ratios = new ArrayList<>();
    StringBuilder rounds = new StringBuilder();
    for (int i = 0; i < sold.size(); i++) {
      ratios.add(sold.get(i).load().rate() / base.get(i).load().rate());
      rounds.append(String.format(Locale.ROOT, " %.3f", ratios.get(i)));
    }
    out.printf(
        Locale.ROOT,
        "%-8s %s: throughput %.3f (of medians), %.3f (median of rounds:%s);"
            + " proxy cpu a request %.3f%n",
        protocol.title(),
        what,
        median(sold, run -> run.load().rate()) / median(base, run -> run.load().rate()),
        median(ratios, it -> it),
        rounds,
        median(sold, Measurement::proxyMicros) / median(base, Measurement::proxyMicros));
  }

  static <T> double median(List<T> runs, ToDoubleFunction<T> value) {
    double[] sorted = runs.stream().mapToDouble(value).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
