// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

/** Writes the fields of the V2 binary form into an array of exactly the right size. */
final class V2Writer {
  private final byte[] out;
  private int position;

  V2Writer(int length) {
    this.out = new byte[length];
  }

  /** The bytes of a field: type, length, payload. */
  static int length(byte[] payload) {
    int length = 2 + payload.length;
    for (int rest = payload.length >>> 7; rest != 0; rest >>>= 7) {
      length++;
    }
    return length;
  }

  /** The bytes of a field that is left out when empty. */
  static int optionalLength(byte[] payload) {
    return payload.length == 0 ? 0 : length(payload);
  }

  V2Writer type(int type) {
    out[position++] = (byte) type;
    return this;
  }

  V2Writer field(int type, byte[] payload) {
    type(type);
    int rest = payload.length;
    while (rest > 0x7f) {
      out[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    out[position++] = (byte) rest;
    System.arraycopy(payload, 0, out, position, payload.length);
    position += payload.length;
    return this;
  }

  V2Writer optional(int type, byte[] payload) {
    return payload.length == 0 ? this : field(type, payload);
  }

  byte[] bytes() {
    return out;
  }
}
