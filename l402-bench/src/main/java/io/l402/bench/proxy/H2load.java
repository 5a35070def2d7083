// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.proxy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** h2load: unary gRPC calls over h2c, on {@value #CONNECTIONS} connections. */
final class H2load implements Load {
  static final String NAME = "h2load";

  private static final int CONNECTIONS = 4;
  private static final double MICROS_PER_MILLI = 1e3;
  private static final Pattern RATE = Pattern.compile("finished in [^,]+, ([0-9.]+) req/s");
  private static final Pattern STATUS =
      Pattern.compile("status codes: ([0-9]+) 2xx, ([0-9]+) 3xx, ([0-9]+) 4xx, ([0-9]+) 5xx");
  private static final Pattern FAILED =
      Pattern.compile("([0-9]+) failed, ([0-9]+) errored, ([0-9]+) timeout");

  @Override
  public LoadResult run(URI uri, Optional<String> authorization, Duration time)
      throws IOException, InterruptedException {
    Path frame = Files.createTempFile("frame", ".bin");
    Path log = Files.createTempFile("h2load", ".log");
    try {
      Files.write(frame, Echo.frame());
      String said = Tool.run(command(uri, authorization, time, frame, log));
      return read(said, times(log));
    } finally {
      Files.delete(frame);
      Files.delete(log);
    }
  }

  private static List<String> command(
      URI uri, Optional<String> authorization, Duration time, Path frame, Path log) {
    List<String> command = new ArrayList<>(List.of(NAME, "-t", "1", "-c", "" + CONNECTIONS));
    command.addAll(List.of("-m", "" + AT_ONCE / CONNECTIONS, "-D", "" + time.toSeconds()));
    command.addAll(List.of("-d", frame.toString(), "--log-file", log.toString()));
    command.addAll(List.of("-H", "content-type: application/grpc", "-H", "te: trailers"));
    authorization.ifPresent(it -> command.addAll(List.of("-H", "authorization: " + it)));
    command.add(uri.toString());
    return command;
  }

  /** How long each request took, in microseconds, sorted: the third column. */
  private static long[] times(Path log) throws IOException {
    try (var lines = Files.lines(log)) {
      return lines.mapToLong(line -> Long.parseLong(line.split("\t")[2])).sorted().toArray();
    }
  }

  static LoadResult read(String said, long... times) throws IOException {
    Matcher status = Tool.find(STATUS, said);
    Matcher failed = Tool.find(FAILED, said);
    return new LoadResult(
        Double.parseDouble(Tool.find(RATE, said).group(1)),
        millis(times, 0.5),
        millis(times, 0.99),
        Long.parseLong(status.group(1)),
        sum(status, 2) + sum(failed, 1));
  }

  private static double millis(long[] times, double part) {
    return times.length == 0 ? 0 : times[(int) (times.length * part)] / MICROS_PER_MILLI;
  }

  private static long sum(Matcher matcher, int from) {
    long[] groups = new long[matcher.groupCount() + 1 - from];
    Arrays.setAll(groups, i -> Long.parseLong(matcher.group(from + i)));
    return Arrays.stream(groups).sum();
  }
}
