// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes packets: four hex digits of length, name, space, payload, newline. */
final class V1Writer {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

  V1Writer packet(String name, byte[] payload) {
    int length = V1Reader.OVERHEAD + name.length() + payload.length;
    out.writeBytes(String.format("%04x%s ", length, name).getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(payload);
    out.write('\n');
    return this;
  }

  V1Writer optional(String name, byte[] payload) {
    return payload.length == 0 ? this : packet(name, payload);
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
