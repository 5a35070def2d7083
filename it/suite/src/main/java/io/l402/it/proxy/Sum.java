// SPDX-License-Identifier: Apache-2.0
package io.l402.it.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.CRC32;

/** Counts what is written to it, and proves that it is what was sent. */
final class Sum extends OutputStream {
  private static final int BUFFER = 64 * 1024;

  private final CRC32 crc = new CRC32();
  private long count;

  /** Writes a body of a length; nothing of it is kept. */
  static Sum write(long length, OutputStream out) throws IOException {
    Sum sum = new Sum();
    byte[] buffer = new byte[BUFFER];
    for (long at = 0; at < length; at += BUFFER) {
      fill(buffer, at);
      int size = (int) Math.min(BUFFER, length - at);
      out.write(buffer, 0, size);
      sum.write(buffer, 0, size);
    }
    out.flush();
    return sum;
  }

  /** No two blocks are alike. */
  private static void fill(byte[] buffer, long at) {
    for (int i = 0; i < Long.BYTES; i++) {
      buffer[i] = (byte) (at >>> (8 * i));
    }
  }

  static Sum read(InputStream in) throws IOException {
    Sum sum = new Sum();
    in.transferTo(sum);
    return sum;
  }

  @Override
  public void write(int b) {
    crc.update(b);
    count++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    crc.update(bytes, offset, length);
    count += length;
  }

  long count() {
    return count;
  }

  @Override
  public String toString() {
    return count + " bytes, " + Long.toHexString(crc.getValue());
  }
}
