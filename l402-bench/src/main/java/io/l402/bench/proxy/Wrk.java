// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.proxy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** wrk: GET over HTTP/1.1, a connection for each request under way. */
final class Wrk implements Load {
  static final String NAME = "wrk";

  private static final Pattern RATE = Pattern.compile("Requests/sec: +([0-9.]+)");
  private static final Pattern REQUESTS = Pattern.compile("([0-9]+) requests in ");
  private static final Pattern P50 = Pattern.compile(" 50% +([0-9.]+)(us|ms|s)\n");
  private static final Pattern P99 = Pattern.compile(" 99% +([0-9.]+)(us|ms|s)\n");
  private static final Pattern STATUS = Pattern.compile("Non-2xx or 3xx responses: ([0-9]+)");
  private static final Pattern ERRORS =
      Pattern.compile("connect ([0-9]+), read ([0-9]+), write ([0-9]+), timeout ([0-9]+)");
  private static final Map<String, Double> MILLIS = Map.of("us", 1e-3, "ms", 1.0, "s", 1e3);

  @Override
  public LoadResult run(URI uri, Optional<String> authorization, Duration time)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(NAME, "--latency", "-t", "1"));
    command.addAll(List.of("-c", "" + AT_ONCE, "-d", time.toSeconds() + "s"));
    authorization.ifPresent(it -> command.addAll(List.of("-H", "Authorization: " + it)));
    command.add(uri.toString());
    return read(Tool.run(command));
  }

  static LoadResult read(String said) throws IOException {
    return new LoadResult(
        Double.parseDouble(Tool.find(RATE, said).group(1)),
        millis(Tool.find(P50, said)),
        millis(Tool.find(P99, said)),
        Long.parseLong(Tool.find(REQUESTS, said).group(1)),
        sum(STATUS, said) + sum(ERRORS, said));
  }

  private static double millis(MatchResult time) {
    return Double.parseDouble(time.group(1)) * MILLIS.get(time.group(2));
  }

  private static long sum(Pattern pattern, String said) {
    Matcher matcher = pattern.matcher(said);
    long sum = 0;
    if (matcher.find()) {
      for (int i = 1; i <= matcher.groupCount(); i++) {
        sum += Long.parseLong(matcher.group(i));
      }
    }
    return sum;
  }
}
