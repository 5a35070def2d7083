// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.proxy;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/**
 * What the filter costs a proxy: requests a second and latency of an upstream alone, of the proxy
 * before it without the filter, of the same sent a token that it takes out unread, and of the proxy
 * with the filter, for which the token was sold; over HTTP/1.1 with wrk, over gRPC with h2load.
 *
 * <p>Upstream, proxy and load are three processes on one machine. Each round runs all four for two
 * seconds, one after the other, every second round in the opposite order, so that a machine that is
 * busy for a while is unfair to all of them alike. The last two are sent the same bytes: the
 * difference is the filter.
 */
public final class ProxyBenchmark {
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration TIME = Duration.ofSeconds(2);
  private static final int NO_TOOLS = 2;

  private static final List<Subject> THERE = List.of(Subject.values());
  private static final List<Subject> BACK =
      List.of(Subject.SOLD, Subject.CARRIED, Subject.BARE, Subject.UPSTREAM);

  private final Stage stage;
  private final PrintStream out;

  ProxyBenchmark(Stage stage, PrintStream out) {
    this.stage = stage;
    this.out = out;
  }

  /** Runs it so many times, and returns the code to exit with. */
  public static int run(int rounds) throws IOException, InterruptedException {
    if (!Tool.isThere(Wrk.NAME) || !Tool.isThere(H2load.NAME)) {
      System.err.println("wrk or h2load is missing: apt-get install wrk nghttp2-client");
      return NO_TOOLS;
    }
    try (Stage stage = new Stage()) {
      stage.verify();
      new ProxyBenchmark(stage, System.out).measure(rounds, WARM_UP, TIME);
    }
    return 0;
  }

  void measure(int rounds, Duration warmUp, Duration time)
      throws IOException, InterruptedException {
    ProxyReport report = new ProxyReport(out);
    for (Protocol protocol : Protocol.values()) {
      for (Subject subject : BACK) {
        stage.measure(protocol, subject, warmUp);
      }
      for (int round = 0; round < rounds; round++) {
        for (Subject subject : round % 2 == 0 ? THERE : BACK) {
          report.add(protocol, subject, stage.measure(protocol, subject, time));
        }
      }
    }
    report.conclude();
  }
}
