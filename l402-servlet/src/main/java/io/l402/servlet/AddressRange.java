// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.net.InetAddress;
import java.util.HexFormat;

/** A range of IP addresses: one address, or a prefix such as {@code 10.0.0.0/8}. */
final class AddressRange {
  private final byte[] network;
  private final int bits;

  private AddressRange(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /**
   * Reads an address or a prefix. Names are not looked up.
   *
   * @throws IllegalArgumentException if it is neither, or if bits are set behind the prefix
   */
  static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    byte[] network = address(slash < 0 ? text : text.substring(0, slash));
    int bits = slash < 0 ? network.length * 8 : bits(text.substring(slash + 1), network.length * 8);
    for (int bit = bits; bit < network.length * 8; bit++) {
      if ((network[bit / 8] & 0x80 >> bit % 8) != 0) {
        throw new IllegalArgumentException("bits are set behind the prefix length");
      }
    }
    return new AddressRange(network, bits);
  }

  /** Whether the address lies in this range. An IPv4 address mapped to IPv6 counts as IPv4. */
  boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != network.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      if (((bytes[bit / 8] ^ network[bit / 8]) & 0x80 >> bit % 8) != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] address(String text) {
    return AddressLiteral.parse(text)
        .map(InetAddress::getAddress)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected an IP address or a prefix such as 10.0.0.0/8"));
  }

  private static int bits(String digits, int max) {
    if (!digits.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(digits) > max) {
      throw new IllegalArgumentException("expected a prefix length from 0 to " + max);
    }
    return Integer.parseInt(digits);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(network) + "/" + bits;
  }
}
