// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import java.util.Arrays;

/** Reads the fields of the V2 binary form; every length is checked before it is used. */
final class V2Reader {
  private static final byte[] NONE = {};
  private static final int MAX_VARINT_LENGTH = 5;

  private final byte[] in;
  private int position;

  V2Reader(byte[] in) {
    this.in = in;
    if (in.length > Macaroon.MAX_LENGTH) {
      throw malformed(in.length + " bytes, at most " + Macaroon.MAX_LENGTH + " are read");
    }
  }

  /** The type of the next field, not taken. */
  int peek() {
    if (position == in.length) {
      throw malformed("ends too early");
    }
    return in[position] & 0xff;
  }

  void expect(int type) {
    if (peek() != type) {
      throw malformed("found type " + peek() + ", expected " + type);
    }
    position++;
  }

  /** The payload of a field that must stand here. */
  byte[] field(int type, int maxLength) {
    expect(type);
    int length = length(maxLength);
    position += length;
    return Arrays.copyOfRange(in, position - length, position);
  }

  /** The payload of a field that may stand here, and is not empty if it does; else nothing. */
  byte[] optional(int type, int maxLength) {
    if (peek() != type) {
      return NONE;
    }
    byte[] payload = field(type, maxLength);
    if (payload.length == 0) {
      throw malformed("an empty field of type " + type + ", expected none");
    }
    return payload;
  }

  void end() {
    if (position != in.length) {
      throw malformed((in.length - position) + " bytes after the end");
    }
  }

  private int length(int maxLength) {
    long length = varint();
    if (length > maxLength) {
      throw malformed("length " + length + ", at most " + maxLength);
    }
    if (length > in.length - position) {
      throw malformed("length " + length + ", " + (in.length - position) + " bytes are left");
    }
    return (int) length;
  }

  /** At most 35 bits, so that it cannot overflow. */
  private long varint() {
    long value = 0;
    for (int i = 0; i < MAX_VARINT_LENGTH; i++) {
      int next = peek();
      position++;
      value |= (long) (next & 0x7f) << (7 * i);
      if (next == 0 && i > 0) {
        throw malformed("a length with more bytes than it needs");
      }
      if (next < 0x80) {
        return value;
      }
    }
    throw malformed("a length of more than " + MAX_VARINT_LENGTH + " bytes");
  }

  MalformedMacaroonException malformed(String found) {
    return new MalformedMacaroonException("macaroon v2 at offset " + position + ": " + found);
  }
}
