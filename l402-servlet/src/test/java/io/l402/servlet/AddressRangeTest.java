// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "192.0.2.128/25, 192.0.2.128, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "0.0.0.0/0, 255.255.255.255, true",
    "0.0.0.0/0, ::1, false",
    "::/0, 2001:db8::1, true",
    "::/0, 1.2.3.4, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "10.0.0.0/8, ::ffff:10.1.2.3, true",
    "::ffff:10.1.2.3, 10.1.2.3, true",
  })
  void containsWhatSharesItsPrefix(String range, String address, boolean contained) {
    assertEquals(
        contained, AddressRange.parse(range).contains(AddressLiteral.parse(address).orElseThrow()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost", "1.2.3.256", "127.1", "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/08",
        "10.0.0.0/-1", "::1/129", "2001:db8::1/64", "", "/8", "fe80::1%eth0", "1.2.3.4/8/8"
      })
  void refusesAnythingElse(String text) {
    assertThrows(IllegalArgumentException.class, () -> AddressRange.parse(text));
  }
}
