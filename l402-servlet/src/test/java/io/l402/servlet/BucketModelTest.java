// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.l402.RequestHeaders;
import io.l402.gate.AccessRequest;
import io.l402.gate.ServicePolicy;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limiter beside a model of it that is too simple to be wrong, and under random contention. */
class BucketModelTest {
  private static final ServicePolicy WEATHER = ServicePolicy.builder("weather").build();
  private static final List<String> PATHS = List.of("/a", "/b", "/c");

  /** One bucket, counted in the time it took to earn its tokens. */
  private static final class Model {
    private final long interval;
    private final long full;
    private long credit;

    private Model(Duration interval, int burst) {
      this.interval = interval.toNanos();
      full = this.interval * burst;
      credit = full;
    }

    private long nanosToWait() {
      return Math.max(0, interval - credit);
    }
  }

  private final ManualTime time = new ManualTime();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 402})
  void decidesAsTheModelDoes(long seed) {
    Random random = new Random(seed);
    BucketServiceLimiter limiter =
        limiter(rule("/*", 100, 4), rule("/a", 1000, 2), rule("/b", 7, 3));
    Model[][] models = new Model[5][];
    for (int client = 0; client < models.length; client++) {
      models[client] = new Model[] {model(100, 4), model(1000, 2), model(7, 3)};
    }
    for (int i = 0; i < 20_000; i++) {
      int client = random.nextInt(models.length);
      int path = random.nextInt(PATHS.size());
      assertEquals(
          expected(models[client], path),
          limiter.tryAcquire(request(path, client), Optional.empty()),
          "step " + i);
      Duration step = Duration.ofMillis(random.nextInt(10) == 0 ? random.nextInt(3000) : 0);
      time.advance(step);
      for (Model[] buckets : models) {
        for (Model bucket : buckets) {
          bucket.credit = Math.min(bucket.full, bucket.credit + step.toNanos());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 402})
  void whatContendingThreadsLeaveIsWhatTheyDidNotGet(long seed) throws InterruptedException {
    BucketServiceLimiter limiter =
        limiter(rule("/*", 100, 5000), rule("/a", 100, 300), rule("/b", 100, 500));
    AtomicIntegerArray got = new AtomicIntegerArray(8 * PATHS.size());
    Racing.sum(
        64,
        thread -> {
          Random random = new Random(seed * 64 + thread);
          for (int i = 0; i < 500; i++) {
            int client = random.nextInt(8);
            int path = random.nextInt(PATHS.size());
            if (limiter.tryAcquire(request(path, client), Optional.empty()).isEmpty()) {
              got.incrementAndGet(client * PATHS.size() + path);
            }
          }
          return 0;
        });
    for (int client = 0; client < 8; client++) {
      int a = got.get(client * 3) + drain(limiter, 0, client);
      int b = got.get(client * 3 + 1) + drain(limiter, 1, client);
      int c = got.get(client * 3 + 2) + drain(limiter, 2, client);
      assertEquals(List.of(300, 500, 4200), List.of(a, b, c));
    }
  }

  private static int drain(BucketServiceLimiter limiter, int path, int client) {
    int left = 0;
    while (limiter.tryAcquire(request(path, client), Optional.empty()).isEmpty()) {
      left++;
    }
    return left;
  }

  private static Optional<Duration> expected(Model[] buckets, int path) {
    List<Model> matching = path == 2 ? List.of(buckets[0]) : List.of(buckets[0], buckets[1 + path]);
    long wait = matching.stream().mapToLong(Model::nanosToWait).max().orElseThrow();
    if (wait > 0) {
      return Optional.of(Duration.ofNanos(wait));
    }
    matching.forEach(bucket -> bucket.credit -= bucket.interval);
    return Optional.empty();
  }

  private BucketServiceLimiter limiter(RateLimitRule... rules) {
    return new BucketServiceLimiter(Map.of("weather", List.of(rules)), 1000, time);
  }

  private static Model model(int millisEach, int burst) {
    return new Model(Duration.ofMillis(millisEach), burst);
  }

  private static RateLimitRule rule(String path, int millisEach, int burst) {
    return new RateLimitRule(
        PathPattern.of(path), new Rate(1, Duration.ofMillis(millisEach), burst));
  }

  private static AccessRequest request(int path, int client) {
    InetAddress address = AddressLiteral.parse("192.0.2." + client).orElseThrow();
    return AccessRequest.of(WEATHER, "GET", PATHS.get(path), RequestHeaders.NONE, address);
  }
}
