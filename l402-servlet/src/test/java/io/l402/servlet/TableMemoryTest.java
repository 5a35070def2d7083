// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.RequestHeaders;
import io.l402.TokenId;
import io.l402.gate.AccessRequest;
import io.l402.gate.ServicePolicy;
import java.lang.ref.Reference;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the tables take when ten times as many clients come as they hold: their documented size. */
@Tag("soak")
class TableMemoryTest {
  private static final int CLIENTS = 1_000_000;
  private static final long MIB = 1 << 20;
  private static final Rate PLENTY = Rate.of(1000, Duration.ofDays(1));

  private final ManualTime time = new ManualTime();

  @Test
  void freebiesTakeAtMostTwentyMebibytes() {
    int capacity = MemoryFreebies.DEFAULT_CAPACITY;
    MemoryFreebies freebies = new MemoryFreebies(Duration.ofDays(1), capacity, time);
    assertGrowth(freebies, 20, i -> freebies.tryConsume("weather", client(i), 2));
  }

  @Test
  void challengeLimitsTakeAtMostThirtyFourMebibytes() {
    ChallengeLimits limits =
        new ChallengeLimits(Optional.of(PLENTY), Optional.of(PLENTY), Optional.empty());
    BucketChallengeLimiter limiter =
        new BucketChallengeLimiter(limits, BucketChallengeLimiter.DEFAULT_CAPACITY, time);
    assertGrowth(limiter, 34, i -> limiter.tryAcquire(client(i)));
  }

  @Test
  void rateLimitsTakeAtMostTwentyFourMebibytes() {
    BucketServiceLimiter limiter =
        new BucketServiceLimiter(
            Map.of("weather", List.of(new RateLimitRule(PathPattern.ALL, PLENTY))),
            BucketServiceLimiter.DEFAULT_CAPACITY,
            time);
    AccessRequest request =
        AccessRequest.of(
            ServicePolicy.builder("weather").build(), "GET", "/", RequestHeaders.NONE, client(0));
    assertGrowth(limiter, 24, i -> limiter.tryAcquire(request, Optional.of(token(i))));
  }

  @Test
  void refusedChallengesLeaveNoTrace() {
    ChallengeLimits limits =
        new ChallengeLimits(
            Optional.of(PLENTY), Optional.of(PLENTY), Optional.of(Rate.of(1, Duration.ofDays(1))));
    BucketChallengeLimiter limiter =
        new BucketChallengeLimiter(limits, BucketChallengeLimiter.DEFAULT_CAPACITY, time);
    assertGrowth(limiter, 2, i -> limiter.tryAcquire(client(i)));
    assertEquals(
        Optional.of(Duration.ofDays(1)), limiter.tryAcquire(client(0)), "the total is spent");
  }

  private static void assertGrowth(Object table, long mebibytes, IntConsumer use) {
    long before = usedHeap();
    for (int i = 0; i < CLIENTS; i++) {
      use.accept(i);
    }
    long grown = usedHeap() - before;
    Reference.reachabilityFence(table);
    assertTrue(grown < mebibytes * MIB, "the heap grew by " + grown / MIB + " MiB");
  }

  /** The smallest of several looks: the collector may not have got everything in one. */
  private static long usedHeap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  private static InetAddress client(int slash48) {
    return AddressLiteral.address(
        ByteBuffer.allocate(16).putShort((short) 0x2001).putInt(slash48).array());
  }

  private static TokenId token(int i) {
    return TokenId.of(ByteBuffer.allocate(32).putInt(i).array());
  }
}
