// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.l402.RequestHeaders;
import io.l402.TokenId;
import io.l402.gate.AccessRequest;
import io.l402.gate.ServicePolicy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BucketServiceLimiterTest {
  private static final Optional<TokenId> NO_TOKEN = Optional.empty();
  private static final RateLimitRule ALL = rule("/*", 5);
  private static final RateLimitRule REPORTS = rule("/report/*", 2);

  private final ManualTime time = new ManualTime();

  @Test
  void startsFullAndRefillsAllTheTime() {
    BucketServiceLimiter limiter =
        limiter(new RateLimitRule(PathPattern.ALL, new Rate(60, Duration.ofMinutes(1), 3)));
    assertEquals(3, admitted(limiter, "/", "192.0.2.1", 10));
    time.advance(Duration.ofSeconds(1));
    assertEquals(1, admitted(limiter, "/", "192.0.2.1", 10));
    time.advance(Duration.ofHours(1));
    assertEquals(3, admitted(limiter, "/", "192.0.2.1", 10), "never more than the burst");
  }

  @Test
  void countsOnlyThePathsOfARule() {
    BucketServiceLimiter limiter = limiter(REPORTS);
    assertEquals(100, admitted(limiter, "/weather", "192.0.2.1", 100));
    assertEquals(2, admitted(limiter, "/report/a", "192.0.2.1", 100));
    assertEquals(0, admitted(limiter, "/REPORT/b/", "192.0.2.1", 100), "however it is spelt");
  }

  @Test
  void admitsAllOfAServiceWithoutRules() {
    BucketServiceLimiter limiter =
        new BucketServiceLimiter(Map.of("other", List.of(ALL)), 10, time);
    assertEquals(100, admitted(limiter, "/", "192.0.2.1", 100));
  }

  @Test
  void allMatchingRulesMustAdmitAndARefusedRequestBurnsNothing() {
    BucketServiceLimiter limiter = limiter(ALL, REPORTS);
    assertEquals(2, admitted(limiter, "/report/a", "192.0.2.1", 50), "48 refused by the second");
    assertEquals(3, admitted(limiter, "/weather", "192.0.2.1", 50), "the first had counted two");
    time.advance(Duration.ofSeconds(12));
    assertEquals(1, admitted(limiter, "/weather", "192.0.2.1", 50));
    time.advance(Duration.ofSeconds(48));
    assertEquals(2, admitted(limiter, "/report/a", "192.0.2.1", 50), "the first burnt none of it");
  }

  @Test
  void saysTheLongestWait() {
    BucketServiceLimiter limiter =
        limiter(
            new RateLimitRule(PathPattern.ALL, Rate.of(1, Duration.ofSeconds(10))),
            new RateLimitRule(PathPattern.ALL, Rate.of(1, Duration.ofSeconds(30))));
    assertEquals(Optional.empty(), limiter.tryAcquire(request("/", "192.0.2.1"), NO_TOKEN));
    assertEquals(
        Optional.of(Duration.ofSeconds(30)),
        limiter.tryAcquire(request("/", "192.0.2.1"), NO_TOKEN));
    time.advance(Duration.ofSeconds(20));
    assertEquals(
        Optional.of(Duration.ofSeconds(10)),
        limiter.tryAcquire(request("/", "192.0.2.1"), NO_TOKEN));
  }

  @Test
  void rulesOfTheSamePatternCountApart() {
    BucketServiceLimiter limiter = limiter(rule("/*", 5), rule("/*", 5));
    assertEquals(5, admitted(limiter, "/", "192.0.2.1", 50));
  }

  @Test
  void countsServicesApart() {
    BucketServiceLimiter limiter =
        new BucketServiceLimiter(Map.of("weather", List.of(ALL), "other", List.of(ALL)), 10, time);
    assertEquals(5, admitted(limiter, "/", "192.0.2.1", 50));
    AccessRequest other = request("other", "/", "192.0.2.1");
    assertEquals(Optional.empty(), limiter.tryAcquire(other, NO_TOKEN));
  }

  @Test
  void countsTokensApartWhereverTheyComeFrom() {
    BucketServiceLimiter limiter = limiter(ALL);
    Random random = new Random(402);
    Optional<TokenId> a = token(random);
    Optional<TokenId> b = token(random);
    assertEquals(3, admitted(limiter, "/", "192.0.2.1", a, 3));
    assertEquals(2, admitted(limiter, "/", "198.51.100.1", a, 50), "one token, two clients");
    assertEquals(5, admitted(limiter, "/", "192.0.2.1", b, 50), "one client, two tokens");
    assertEquals(5, admitted(limiter, "/", "192.0.2.1", NO_TOKEN, 50));
  }

  @Test
  void countsAnIpv4AddressOrAnIpv6Slash56AsOneClient() {
    BucketServiceLimiter limiter = limiter(ALL);
    assertEquals(5, admitted(limiter, "/", "192.0.2.1", 50));
    assertEquals(5, admitted(limiter, "/", "192.0.2.2", 50));
    assertEquals(5, admitted(limiter, "/", "2001:db8:1:aa00::1", 50));
    assertEquals(0, admitted(limiter, "/", "2001:db8:1:aaff::1", 50));
  }

  @Test
  void fillingTheTableDoesNotBringASpentBucketBack() {
    BucketServiceLimiter limiter =
        new BucketServiceLimiter(Map.of("weather", List.of(ALL)), 1000, time);
    assertEquals(5, admitted(limiter, "/", "192.0.2.1", 50));
    int others = 0;
    for (int i = 0; i < 200_000; i++) {
      others += admit(limiter, "/", "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255));
    }
    assertEquals(999 + 5, others, "one each, and five for all who found no room");
    assertEquals(0, admitted(limiter, "/", "192.0.2.1", 50));
  }

  @Test
  void sharesItsRoomOutAmongTheRules() {
    BucketServiceLimiter limiter =
        new BucketServiceLimiter(Map.of("weather", List.of(rule("/a", 1), rule("/b", 1))), 4, time);
    int a = 0;
    for (int i = 0; i < 10; i++) {
      a += admit(limiter, "/a", "192.0.2." + i);
    }
    assertEquals(3, a, "two of their own and one shared");
    assertEquals(1, admit(limiter, "/b", "192.0.2.100"));
  }

  @Test
  void takesTheLargestAndTheSmallestRates() {
    BucketServiceLimiter limiter =
        limiter(
            new RateLimitRule(PathPattern.ALL, new Rate(1, Rate.MAX_PER, Rate.MAX)),
            new RateLimitRule(PathPattern.of("/one"), new Rate(1, Rate.MAX_PER, 1)));
    assertEquals(1, admitted(limiter, "/one", "192.0.2.1", 5));
    assertEquals(
        Optional.of(Rate.MAX_PER), limiter.tryAcquire(request("/one", "192.0.2.1"), NO_TOKEN));
    time.advance(Rate.MAX_PER);
    assertEquals(1, admitted(limiter, "/one", "192.0.2.1", 5));
    time.advance(Duration.ofDays(100_000));
    assertEquals(1, admitted(limiter, "/one", "192.0.2.1", 5));
  }

  @Test
  void aMatcherThatFailsAdmitsNothing() {
    RateLimitRule broken = new RateLimitRule(null, Rate.of(1, Duration.ofSeconds(1)));
    BucketServiceLimiter limiter = limiter(broken);
    AccessRequest request = request("/", "192.0.2.1");
    assertThrows(RuntimeException.class, () -> limiter.tryAcquire(request, NO_TOKEN));
  }

  @Test
  void sixtyFourThreadsGetExactlyWhatIsThereAndBurnNothing() throws InterruptedException {
    BucketServiceLimiter limiter = limiter(rule("/*", 1000), rule("/report/*", 400));
    int reports =
        Racing.sum(
            64,
            thread ->
                admitted(limiter, thread % 2 == 0 ? "/report/a" : "/weather", "192.0.2.1", 100));
    assertEquals(1000, reports, "6,400 asked");
    time.advance(Duration.ofMinutes(1));
    int onlyReports = Racing.sum(64, thread -> admitted(limiter, "/report/a", "192.0.2.1", 100));
    assertEquals(400, onlyReports);
    assertEquals(
        600, admitted(limiter, "/weather", "192.0.2.1", 2000), "6,000 refused, none burnt");
  }

  private BucketServiceLimiter limiter(RateLimitRule... rules) {
    return new BucketServiceLimiter(Map.of("weather", List.of(rules)), 10_000, time);
  }

  private static RateLimitRule rule(String path, long perMinute) {
    return new RateLimitRule(PathPattern.of(path), Rate.of(perMinute, Duration.ofMinutes(1)));
  }

  private static int admitted(
      BucketServiceLimiter limiter, String path, String client, int attempts) {
    return admitted(limiter, path, client, NO_TOKEN, attempts);
  }

  private static int admitted(
      BucketServiceLimiter limiter,
      String path,
      String client,
      Optional<TokenId> token,
      int attempts) {
    int admitted = 0;
    for (int i = 0; i < attempts; i++) {
      admitted += limiter.tryAcquire(request(path, client), token).isEmpty() ? 1 : 0;
    }
    return admitted;
  }

  private static int admit(BucketServiceLimiter limiter, String path, String client) {
    return admitted(limiter, path, client, 1);
  }

  private static AccessRequest request(String path, String client) {
    return request("weather", path, client);
  }

  private static AccessRequest request(String service, String path, String client) {
    return AccessRequest.of(
        ServicePolicy.builder(service).build(),
        "GET",
        path,
        RequestHeaders.NONE,
        AddressLiteral.parse(client).orElseThrow());
  }

  private static Optional<TokenId> token(Random random) {
    byte[] bytes = ByteBuffer.allocate(32).putLong(random.nextLong()).array();
    return Optional.of(TokenId.of(bytes));
  }
}
