// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.InetAddress;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class AddressPrefixTest {
  @Test
  void freebiesAreSharedByAnIpv4Slash24AndAnIpv6Slash48() {
    same(AddressPrefix::ofFreebies, "192.168.1.123", "192.168.1.0");
    different(AddressPrefix::ofFreebies, "192.168.1.123", "192.168.2.123");
    same(AddressPrefix::ofFreebies, "2001:db8:1234:5678::1", "2001:db8:1234:ffff::2");
    different(AddressPrefix::ofFreebies, "2001:db8:1234::1", "2001:db8:1235::1");
  }

  @Test
  void aClientIsAnIpv4AddressOrAnIpv6Slash56() {
    same(AddressPrefix::ofClient, "192.168.1.123", "::ffff:192.168.1.123");
    different(AddressPrefix::ofClient, "192.168.1.123", "192.168.1.122");
    same(AddressPrefix::ofClient, "2001:db8:1:aa00::1", "2001:db8:1:aaff::2");
    different(AddressPrefix::ofClient, "2001:db8:1:aa00::1", "2001:db8:1:ab00::1");
  }

  @Test
  void aNetworkIsAnIpv4Slash16OrAnIpv6Slash48() {
    same(AddressPrefix::ofNetwork, "192.168.1.1", "192.168.255.1");
    different(AddressPrefix::ofNetwork, "192.168.1.1", "192.169.1.1");
    same(AddressPrefix::ofNetwork, "2001:db8:1:2::1", "2001:db8:1:ffff::1");
    different(AddressPrefix::ofNetwork, "2001:db8:1::1", "2001:db8:2::1");
  }

  @Test
  void familiesAndLengthsDiffer() {
    assertNotEquals(
        AddressPrefix.ofClient(address("0.0.0.0")), AddressPrefix.ofClient(address("::")));
    assertNotEquals(
        AddressPrefix.ofClient(address("10.0.0.0")), AddressPrefix.ofNetwork(address("10.0.0.0")));
    different(AddressPrefix::ofClient, "32.1.13.184", "2001:db8::");
  }

  private static void same(Function<InetAddress, AddressPrefix> prefix, String a, String b) {
    assertEquals(prefix.apply(address(a)), prefix.apply(address(b)));
    assertEquals(prefix.apply(address(a)).hashCode(), prefix.apply(address(b)).hashCode());
  }

  private static void different(Function<InetAddress, AddressPrefix> prefix, String a, String b) {
    assertNotEquals(prefix.apply(address(a)), prefix.apply(address(b)));
  }

  private static InetAddress address(String text) {
    return AddressLiteral.parse(text).orElseThrow();
  }
}
