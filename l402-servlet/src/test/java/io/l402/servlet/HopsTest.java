// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HopsTest {
  private static InetAddress address(String text) {
    return AddressLiteral.parse(text).orElseThrow();
  }

  @Test
  void isTheClientAloneWhereNobodyStandsInFrontOfIt() {
    assertEquals(List.of("192.0.2.1"), Hops.direct(address("192.0.2.1")).addresses());
    assertFalse(Hops.direct(address("192.0.2.1")).trusted());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.7                    | 203.0.113.7, 10.0.0.1",
        "6.6.6.6, 203.0.113.7           | 203.0.113.7, 10.0.0.1",
        "6.6.6.6, 203.0.113.7, 10.0.0.2 | 203.0.113.7, 10.0.0.2, 10.0.0.1",
        "evil, 203.0.113.7:99, 10.0.0.2 | 203.0.113.7, 10.0.0.2, 10.0.0.1",
        "unknown                        | 203.0.113.7, 10.0.0.1",
      })
  void isTheClientAndEveryTrustedProxyBehindIt(String field, String hops) {
    Hops found = Hops.behind(address("10.0.0.1"), address("203.0.113.7"), List.of(field));
    assertEquals(hops, String.join(", ", found.addresses()));
    assertTrue(found.trusted());
  }

  @Test
  void isTheProxyAloneWhenItAsksForItself() {
    Hops found = Hops.behind(address("10.0.0.1"), address("10.0.0.1"), List.of());
    assertEquals(List.of("10.0.0.1"), found.addresses());
  }
}
