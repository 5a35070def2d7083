// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MemoryFreebiesTest {
  private static final Duration WINDOW = Duration.ofHours(24);

  private final ManualTime time = new ManualTime();
  private final MemoryFreebies freebies = new MemoryFreebies(WINDOW, 100, time);

  @Test
  void givesAsManyAsAreAllowed() {
    assertEquals(3, take("weather", "192.0.2.1", 3, 10));
    assertEquals(0, take("weather", "192.0.2.1", 3, 10));
  }

  @Test
  void countsServicesApart() {
    assertEquals(1, take("a", "192.0.2.1", 1, 5));
    assertEquals(2, take("b", "192.0.2.1", 2, 5));
  }

  @Test
  void countsAnIpv4Slash24AndAnIpv6Slash48AsOne() {
    assertEquals(1, take("a", "192.0.2.1", 1, 1));
    assertEquals(0, take("a", "192.0.2.254", 1, 1));
    assertEquals(1, take("a", "192.0.3.1", 1, 1));
    assertEquals(1, take("a", "2001:db8:1::1", 1, 1));
    assertEquals(0, take("a", "2001:db8:1:ffff::1", 1, 1));
    assertEquals(1, take("a", "2001:db8:2::1", 1, 1));
  }

  @Test
  void givesThemAgainAfterTheWindow() {
    take("a", "192.0.2.1", 2, 1);
    time.advance(WINDOW.minusNanos(1));
    assertEquals(1, take("a", "192.0.2.1", 2, 5), "the window begins with the first");
    time.advance(Duration.ofNanos(1));
    assertEquals(2, take("a", "192.0.2.1", 2, 5));
  }

  @Test
  void takesOneBack() {
    take("a", "192.0.2.1", 2, 2);
    freebies.giveBack("a", address("192.0.2.7"));
    assertEquals(1, take("a", "192.0.2.1", 2, 5));
  }

  @Test
  void takesNothingBackThatWasNotTaken() {
    freebies.giveBack("a", address("192.0.2.1"));
    assertEquals(2, take("a", "192.0.2.1", 2, 5));
    time.advance(WINDOW);
    freebies.giveBack("a", address("192.0.2.1"));
    assertEquals(2, take("a", "192.0.2.1", 2, 5));
  }

  @Test
  void oneTakenBackLeavesRoomForOthers() {
    fill(100);
    assertEquals(1, take("a", "192.0.2.1", 1, 5), "the shared one");
    freebies.giveBack("a", address(10 << 24));
    assertEquals(1, take("a", "192.0.3.1", 1, 5));
    assertEquals(0, take("a", "192.0.4.1", 1, 5));
  }

  @Test
  void clientsWhoFindNoRoomShareOneCount() {
    fill(100);
    assertEquals(1, take("a", "192.0.2.1", 1, 5));
    assertEquals(0, take("a", "192.0.3.1", 1, 5));
    assertEquals(0, take("b", "192.0.4.1", 1, 5), "of all services");
    assertEquals(1, take("a", "192.0.5.1", 2, 5), "each by what its own service allows");
    time.advance(WINDOW);
    assertEquals(1, take("a", "192.0.2.1", 1, 5));
    assertEquals(1, take("a", "192.0.3.1", 1, 5));
  }

  @Test
  void aFullTableMakesRoomAsCountsEnd() {
    fill(50);
    time.advance(WINDOW.dividedBy(2));
    for (int i = 50; i < 100; i++) {
      assertTrue(freebies.tryConsume("a", address(10 << 24 | i << 8), 1));
    }
    time.advance(WINDOW.dividedBy(2));
    for (int i = 100; i < 150; i++) {
      assertTrue(freebies.tryConsume("a", address(10 << 24 | i << 8), 1), "its own count");
    }
    for (int i = 50; i < 150; i++) {
      assertFalse(freebies.tryConsume("a", address(10 << 24 | i << 8), 1), "is not forgotten");
    }
  }

  @Test
  void hundredsOfThousandsOfOtherPrefixesDoNotBringASpentOneBack() {
    assertSpentStaysSpent(300_000);
  }

  @Test
  @Tag("soak")
  void aMillionOtherPrefixesDoNotBringASpentOneBack() {
    assertSpentStaysSpent(1_000_000);
    assertSpentStaysSpent(10_000_000);
  }

  @Test
  void sixtyFourThreadsNeverGetMoreThanThereAre() throws InterruptedException {
    MemoryFreebies shared = new MemoryFreebies(WINDOW, 10, time);
    for (int allowed = 1; allowed <= 100; allowed += 33) {
      String service = "service-" + allowed;
      int each = allowed;
      int taken =
          Racing.sum(64, thread -> take(shared, service, address("192.0.2." + thread), each, 10));
      assertEquals(allowed, taken);
    }
  }

  @Test
  void sixtyFourThreadsOfAsManyClientsOverfillNothing() throws InterruptedException {
    MemoryFreebies shared = new MemoryFreebies(WINDOW, 1000, time);
    int taken =
        Racing.sum(
            64,
            thread -> {
              int sum = 0;
              for (int i = 0; i < 10_000; i++) {
                sum += shared.tryConsume("a", address(i << 8), 2) ? 1 : 0;
              }
              return sum;
            });
    assertEquals(1000 * 2 + 2, taken, "of a thousand clients two each, and two of all others");
  }

  @Test
  void refusesAWindowOrACapacityOfNothing() {
    assertThrows(IllegalArgumentException.class, () -> new MemoryFreebies(Duration.ZERO, 1, time));
    assertThrows(
        IllegalArgumentException.class, () -> new MemoryFreebies(Duration.ofSeconds(-1), 1, time));
    assertThrows(IllegalArgumentException.class, () -> new MemoryFreebies(WINDOW, 0, time));
  }

  private void assertSpentStaysSpent(int others) {
    MemoryFreebies full =
        new MemoryFreebies(WINDOW, MemoryFreebies.DEFAULT_CAPACITY, new ManualTime());
    InetAddress spent = address("192.0.2.1");
    assertEquals(2, take(full, "a", spent, 2, 5));
    int passed = 0;
    for (int i = 0; i < others; i++) {
      passed += full.tryConsume("a", ipv6(i), 2) ? 1 : 0;
    }
    assertEquals(0, take(full, "a", spent, 2, 5));
    assertEquals(MemoryFreebies.DEFAULT_CAPACITY - 1 + 2, passed, "all others shared two");
  }

  private void fill(int clients) {
    for (int i = 0; i < clients; i++) {
      assertTrue(freebies.tryConsume("a", address(10 << 24 | i << 8), 1));
    }
  }

  private int take(String service, String client, int allowed, int attempts) {
    return take(freebies, service, address(client), allowed, attempts);
  }

  private static int take(
      MemoryFreebies freebies, String service, InetAddress client, int allowed, int attempts) {
    int taken = 0;
    for (int i = 0; i < attempts; i++) {
      taken += freebies.tryConsume(service, client, allowed) ? 1 : 0;
    }
    return taken;
  }

  private static InetAddress address(String text) {
    return AddressLiteral.parse(text).orElseThrow();
  }

  private static InetAddress address(int ipv4) {
    return AddressLiteral.address(ByteBuffer.allocate(4).putInt(ipv4).array());
  }

  private static InetAddress ipv6(int slash48) {
    byte[] bytes = ByteBuffer.allocate(16).putShort((short) 0x2001).putInt(slash48).array();
    return AddressLiteral.address(bytes);
  }
}
