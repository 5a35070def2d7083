// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Reads IP addresses as text, strictly: four decimal numbers, or RFC 4291's forms of IPv6.
 *
 * <p>Nothing is ever looked up. The JDK's own parser resolves names and takes {@code 127.1}, {@code
 * 2130706433} and {@code 0} for addresses; here they are none, nor is anything with a leading zero
 * in a decimal number, a zone or white space. IPv4 addresses written as IPv6 ({@code
 * ::ffff:192.0.2.1}) become IPv4 addresses.
 */
final class AddressLiteral {
  /** The longest there is: {@code ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255}. */
  private static final int MAX_LENGTH = 45;

  private AddressLiteral() {}

  /** The address, or empty if the text is not exactly one. */
  static Optional<InetAddress> parse(String text) {
    return bytes(text).map(AddressLiteral::address);
  }

  /** The 4 or 16 bytes as written: an IPv4 address within IPv6 stays 16. */
  static Optional<byte[]> bytes(String text) {
    if (text == null || text.isEmpty() || text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    return Optional.ofNullable(text.indexOf(':') < 0 ? ipv4(text) : ipv6(text));
  }

  /** The address of 4 or 16 bytes. Folds IPv4 within IPv6. */
  static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("address: expected 4 or 16 bytes", e);
    }
  }

  private static byte[] ipv4(String text) {
    byte[] bytes = new byte[4];
    int start = 0;
    for (int i = 0; i < 4; i++) {
      int end = i < 3 ? text.indexOf('.', start) : text.length();
      int value = octet(text, start, end);
      if (value < 0) {
        return null;
      }
      bytes[i] = (byte) value;
      start = end + 1;
    }
    return bytes;
  }

  /** A number from 0 to 255 without leading zeros; -1 if it is anything else. */
  private static int octet(String text, int start, int end) {
    boolean leadingZero = end - start > 1 && text.charAt(start) == '0';
    if (end <= start || end - start > 3 || leadingZero) {
      return -1;
    }
    int value = 0;
    for (int i = start; i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value <= 255 ? value : -1;
  }

  /** Reads what is before and what is behind {@code ::}; one must stand for a group at least. */
  private static byte[] ipv6(String text) {
    int gap = text.indexOf("::");
    byte[] bytes = new byte[16];
    if (gap < 0) {
      return groups(text, bytes, 0, true) == 16 ? bytes : null;
    }
    byte[] tail = new byte[16];
    int before = gap == 0 ? 0 : groups(text.substring(0, gap), bytes, 0, false);
    int behind = gap + 2 == text.length() ? 0 : groups(text.substring(gap + 2), tail, 0, true);
    if (before < 0 || behind < 0 || before + behind > 14) {
      return null;
    }
    System.arraycopy(tail, 0, bytes, 16 - behind, behind);
    return bytes;
  }

  /** Fills groups of two bytes; says how many bytes, or -1. The last may be an IPv4 address. */
  private static int groups(String text, byte[] into, int start, boolean last) {
    String[] groups = text.split(":", -1);
    int at = start;
    for (int i = 0; i < groups.length; i++) {
      boolean dotted = last && i == groups.length - 1 && groups[i].indexOf('.') >= 0;
      byte[] group = dotted ? ipv4(groups[i]) : group(groups[i]);
      if (group == null || at + group.length > into.length) {
        return -1;
      }
      System.arraycopy(group, 0, into, at, group.length);
      at += group.length;
    }
    return at;
  }

  private static byte[] group(String digits) {
    if (digits.isEmpty()
        || digits.length() > 4
        || !digits.chars().allMatch(HexFormat::isHexDigit)) {
      return null;
    }
    int value = HexFormat.fromHexDigits(digits);
    return new byte[] {(byte) (value >>> 8), (byte) value};
  }
}
