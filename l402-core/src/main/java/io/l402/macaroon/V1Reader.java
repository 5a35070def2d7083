// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads packets; every length is checked before it is used. */
final class V1Reader {
  private static final int LENGTH_DIGITS = 4;

  /** What a packet holds besides name and payload: the length, a space, a newline. */
  static final int OVERHEAD = LENGTH_DIGITS + 2;

  private final byte[] in;
  private int position;

  V1Reader(byte[] in) {
    this.in = in;
  }

  /** Whether the next packet has this name; says nothing about the rest of it. */
  boolean at(String name) {
    byte[] start = start(name);
    int from = position + LENGTH_DIGITS;
    int to = from + start.length;
    return to <= in.length && Arrays.equals(in, from, to, start, 0, start.length);
  }

  /** The payload of the packet of this name that must stand here. */
  byte[] packet(String name) {
    int length = length();
    if (!at(name)) {
      throw malformed("expected a packet \"" + name + "\"");
    }
    int from = position + LENGTH_DIGITS + start(name).length;
    int newline = position + length - 1;
    if (newline < from || in[newline] != '\n') {
      throw malformed("the packet does not end where its length says");
    }
    position = newline + 1;
    return Arrays.copyOfRange(in, from, newline);
  }

  /** The same, where an empty payload would be a second way to write none. */
  byte[] filled(String name) {
    byte[] payload = packet(name);
    if (payload.length == 0) {
      throw malformed("an empty packet \"" + name + "\", expected none");
    }
    return payload;
  }

  void end() {
    if (position != in.length) {
      throw malformed((in.length - position) + " bytes after the end");
    }
  }

  private int length() {
    if (in.length - position < LENGTH_DIGITS) {
      throw malformed("ends too early");
    }
    int length = 0;
    for (int i = 0; i < LENGTH_DIGITS; i++) {
      length = length << 4 | digit(in[position + i]);
    }
    if (length > in.length - position) {
      throw malformed("length " + length + ", " + (in.length - position) + " bytes are left");
    }
    return length;
  }

  private int digit(byte b) {
    if (b >= '0' && b <= '9') {
      return b - '0';
    }
    if (b >= 'a' && b <= 'f') {
      return b - 'a' + 10;
    }
    throw malformed("expected four lower-case hex digits");
  }

  private static byte[] start(String name) {
    return (name + ' ').getBytes(StandardCharsets.US_ASCII);
  }

  MalformedMacaroonException malformed(String found) {
    return new MalformedMacaroonException("macaroon v1 at offset " + position + ": " + found);
  }
}
