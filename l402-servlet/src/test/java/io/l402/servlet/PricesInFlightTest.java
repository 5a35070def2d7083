// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PricesInFlightTest {
  private final PricesInFlight prices = new PricesInFlight(3);

  private static InetAddress address(String text) {
    return AddressLiteral.address(AddressLiteral.bytes(text).orElseThrow());
  }

  /** Takes as many places as there are. */
  private List<Runnable> fill(String client) {
    List<Runnable> places = new ArrayList<>();
    Optional<Runnable> place = prices.tryAcquire(address(client));
    while (place.isPresent()) {
      places.add(place.get());
      place = prices.tryAcquire(address(client));
    }
    return places;
  }

  @Test
  void oneClientHasEightPlacesAndTakesNoneOfAnothers() {
    List<Runnable> places = fill("192.0.2.1");
    assertEquals(8, places.size());
    assertEquals(8, fill("192.0.2.2").size());
    places.get(0).run();
    assertEquals(1, fill("192.0.2.1").size());
  }

  @Test
  void anIpv6Slash56IsOneClient() {
    assertEquals(8, fill("2001:db8:1:aa00::1").size());
    assertEquals(0, fill("2001:db8:1:aaff::2").size());
    assertEquals(8, fill("2001:db8:1:ab00::1").size());
  }

  @Test
  void whoComesWhenItIsFullSharesPlacesUntilOthersAreDone() {
    List<Runnable> first = fill("192.0.2.1");
    fill("192.0.2.2");
    fill("192.0.2.3");
    List<Runnable> shared = fill("192.0.2.4");
    assertEquals(8, shared.size());
    assertEquals(0, fill("192.0.2.5").size());
    assertEquals(0, fill("192.0.2.1").size(), "is not forgotten");
    shared.get(0).run();
    assertEquals(1, fill("192.0.2.5").size());
    first.forEach(Runnable::run);
    assertEquals(8, fill("192.0.2.6").size());
  }

  @Test
  void nothingStaysBehind() {
    for (int i = 0; i < 1_000; i++) {
      byte[] bytes = ByteBuffer.allocate(4).putInt(10 << 24 | i).array();
      List<Runnable> places = new ArrayList<>();
      for (int j = 0; j < 8; j++) {
        places.add(prices.tryAcquire(AddressLiteral.address(bytes)).orElseThrow());
      }
      places.forEach(Runnable::run);
    }
    assertEquals(0, prices.size());
  }

  @Test
  void countsRightUnderRacingThreads() throws Exception {
    int granted =
        Racing.sum(
            16,
            thread -> {
              int sum = 0;
              for (int i = 0; i < 1_000; i++) {
                Optional<Runnable> place = prices.tryAcquire(address("192.0.2.1"));
                place.ifPresent(Runnable::run);
                sum += place.isPresent() ? 1 : 0;
              }
              return sum;
            });
    assertTrue(granted > 0);
    assertEquals(0, prices.size());
    assertEquals(8, fill("192.0.2.1").size());
  }
}
