// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BucketChallengeLimiterTest {
  private static final Optional<Rate> NONE = Optional.empty();

  private final ManualTime time = new ManualTime();

  @Test
  void limitsAClientToTenAMinuteByDefault() {
    BucketChallengeLimiter limiter = limiter(ChallengeLimits.DEFAULT);
    assertEquals(10, admitted(limiter, "192.0.2.1", 20));
    time.advance(Duration.ofSeconds(6));
    assertEquals(1, admitted(limiter, "192.0.2.1", 20));
    time.advance(Duration.ofMinutes(5));
    assertEquals(10, admitted(limiter, "192.0.2.1", 20));
  }

  @Test
  void limitsANetworkToAHundredAMinuteByDefault() {
    BucketChallengeLimiter limiter = limiter(ChallengeLimits.DEFAULT);
    int admitted = 0;
    for (int i = 0; i < 256; i++) {
      admitted += admitted(limiter, "192.0." + i + ".1", 1);
      time.advance(Duration.ofMillis(20)); // so that the total does not bind
    }
    assertEquals(108, admitted, "a hundred, and what came back in 5.1 seconds");
  }

  @Test
  void limitsAllTogetherToABurstOfAHundredAndFiftyASecondByDefault() {
    BucketChallengeLimiter limiter = limiter(ChallengeLimits.DEFAULT);
    assertEquals(100, admittedOfDifferentNetworks(limiter, 0, 1000));
    time.advance(Duration.ofSeconds(1));
    assertEquals(50, admittedOfDifferentNetworks(limiter, 1000, 1000));
  }

  @Test
  void countsAnIpv6Slash56AsOneClientAndASlash48AsOneNetwork() {
    BucketChallengeLimiter limiter = limiter(limits(rate(1), rate(3), NONE));
    assertEquals(1, admitted(limiter, "2001:db8:1:aa00::1", 1));
    assertEquals(0, admitted(limiter, "2001:db8:1:aaff::2", 1));
    assertEquals(1, admitted(limiter, "2001:db8:1:ab00::1", 1));
    assertEquals(1, admitted(limiter, "2001:db8:1:ac00::1", 1));
    assertEquals(0, admitted(limiter, "2001:db8:1:ad00::1", 1));
    assertEquals(1, admitted(limiter, "2001:db8:2:ad00::1", 1));
  }

  @Test
  void aRefusedOneUsesNothingUp() {
    BucketChallengeLimiter limiter = limiter(limits(rate(2), rate(3), rate(4)));
    assertEquals(2, admitted(limiter, "192.0.2.1", 50), "48 refused by the client's");
    assertEquals(1, admitted(limiter, "192.0.2.2", 50), "49 refused by the network's");
    assertEquals(1, admitted(limiter, "198.51.100.1", 50), "49 refused by the total");
    time.advance(Duration.ofMinutes(1));
    assertEquals(2, admitted(limiter, "192.0.2.2", 50), "its own was hardly touched");
  }

  @Test
  void saysTheLongestWait() {
    BucketChallengeLimiter limiter =
        limiter(
            limits(
                Optional.of(Rate.of(1, Duration.ofMinutes(1))),
                Optional.of(Rate.of(1, Duration.ofMinutes(5))),
                Optional.of(Rate.of(1, Duration.ofMinutes(2)))));
    assertEquals(Optional.empty(), limiter.tryAcquire(address("192.0.2.1")));
    assertEquals(wait(Duration.ofMinutes(5)), limiter.tryAcquire(address("192.0.2.1")));
    assertEquals(wait(Duration.ofMinutes(2)), limiter.tryAcquire(address("198.51.100.1")));
    time.advance(Duration.ofMinutes(5).minusNanos(1));
    assertEquals(wait(Duration.ofNanos(1)), limiter.tryAcquire(address("192.0.2.1")));
    time.advance(Duration.ofNanos(1));
    assertEquals(Optional.empty(), limiter.tryAcquire(address("192.0.2.1")));
  }

  @Test
  void admitsAllWhenItIsOff() {
    assertEquals(1000, admitted(limiter(ChallengeLimits.OFF), "192.0.2.1", 1000));
  }

  @Test
  void fillingTheTableDoesNotBringASpentBucketBack() {
    BucketChallengeLimiter limiter =
        new BucketChallengeLimiter(limits(rate(2), NONE, NONE), 1000, time);
    assertEquals(2, admitted(limiter, "192.0.2.1", 5));
    assertEquals(999 + 2, admittedOfDifferentNetworks(limiter, 0, 200_000), "the rest share");
    assertEquals(0, admitted(limiter, "192.0.2.1", 5));
  }

  @Test
  void fullBucketsMakeRoom() {
    BucketChallengeLimiter limiter =
        new BucketChallengeLimiter(limits(rate(1), NONE, NONE), 1000, time);
    for (int round = 0; round < 5; round++) {
      assertEquals(1001, admittedOfDifferentNetworks(limiter, round * 3000, 3000));
      time.advance(Duration.ofMinutes(1));
    }
  }

  @Test
  void sixtyFourThreadsGetExactlyTheTotalAndBurnNothing() throws InterruptedException {
    for (int round = 0; round < 5; round++) {
      BucketChallengeLimiter limiter = limiter(limits(rate(3000), rate(9000), rate(20_000)));
      int total =
          Racing.sum(
              64,
              thread -> {
                InetAddress client = address("10." + thread % 4 + ".0." + thread % 16);
                return admitted(limiter, client, 2000);
              });
      assertEquals(20_000, total, "of four networks with 9,000 each");
      time.advance(Duration.ofMinutes(1));
      assertEquals(3000, admitted(limiter, "10.0.0.0", 4000), "all are full again");
      assertEquals(3000, admitted(limiter, "10.0.0.4", 4000));
      assertEquals(3000, admitted(limiter, "10.0.0.8", 4000));
      assertEquals(0, admitted(limiter, "10.0.0.12", 4000), "the network's 9,000 are used up");
    }
  }

  private BucketChallengeLimiter limiter(ChallengeLimits limits) {
    return new BucketChallengeLimiter(limits, 10_000, time);
  }

  private static ChallengeLimits limits(
      Optional<Rate> client, Optional<Rate> network, Optional<Rate> total) {
    return new ChallengeLimits(client, network, total);
  }

  private static Optional<Rate> rate(long perMinute) {
    return Optional.of(Rate.of(perMinute, Duration.ofMinutes(1)));
  }

  private static Optional<Duration> wait(Duration wait) {
    return Optional.of(wait);
  }

  private static int admitted(BucketChallengeLimiter limiter, String client, int attempts) {
    return admitted(limiter, address(client), attempts);
  }

  private static int admitted(BucketChallengeLimiter limiter, InetAddress client, int attempts) {
    int admitted = 0;
    for (int i = 0; i < attempts; i++) {
      admitted += limiter.tryAcquire(client).isEmpty() ? 1 : 0;
    }
    return admitted;
  }

  private static int admittedOfDifferentNetworks(
      BucketChallengeLimiter limiter, int first, int count) {
    int admitted = 0;
    for (int i = first; i < first + count; i++) {
      byte[] bytes = ByteBuffer.allocate(16).putShort((short) 0x2001).putInt(i).array();
      admitted += limiter.tryAcquire(AddressLiteral.address(bytes)).isEmpty() ? 1 : 0;
    }
    return admitted;
  }

  private static InetAddress address(String text) {
    return AddressLiteral.parse(text).orElseThrow();
  }
}
