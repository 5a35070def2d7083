// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * The first bits of an address: who counts as one when requests are counted.
 *
 * <p>In IPv6 one customer usually has a /56 and a site a /48, so single addresses mean nothing
 * there. Equal if family, length and bits are. Immutable and safe for use by many threads.
 *
 * @param ipv4 the family
 * @param high the first 64 bits; of an IPv4 address its 32 and then zeros
 * @param bits how many of them count, at most 64; the others are zero
 */
record AddressPrefix(boolean ipv4, long high, byte bits) {
  /** Who shares free requests: an IPv4 /24, or an IPv6 /48. */
  static AddressPrefix ofFreebies(InetAddress address) {
    return of(address, 24, 48);
  }

  /** One client: an IPv4 address, or an IPv6 /56. */
  static AddressPrefix ofClient(InetAddress address) {
    return of(address, 32, 56);
  }

  /** The network around a client: an IPv4 /16, or an IPv6 /48. */
  static AddressPrefix ofNetwork(InetAddress address) {
    return of(address, 16, 48);
  }

  private static AddressPrefix of(InetAddress address, int ipv4Bits, int ipv6Bits) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    if (bytes.remaining() == 4) {
      return new AddressPrefix(true, first((long) bytes.getInt() << 32, ipv4Bits), (byte) ipv4Bits);
    }
    return new AddressPrefix(false, first(bytes.getLong(), ipv6Bits), (byte) ipv6Bits);
  }

  private static long first(long word, int bits) {
    return word & -1L << 64 - bits;
  }
}
