// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the end of an HTTP/1.1 response, and its status. Understands what the server under
 * measurement sends: one response at a time, with a {@code Content-Length}.
 */
final class ResponseParser {
  private static final int MAX_BYTES = 1 << 16;
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final Pattern LENGTH =
      Pattern.compile("\r\ncontent-length: *(\\d+)\r\n", Pattern.CASE_INSENSITIVE);

  private final ByteBuffer buffer = ByteBuffer.allocate(MAX_BYTES);
  private int end = -1;

  /** Where to read the next bytes into; {@link #parse} must follow. */
  ByteBuffer buffer() {
    return buffer;
  }

  /** The status of the response, once all of it is there; before, 0. */
  int parse() {
    if (end < 0) {
      end = findEnd();
    }
    if (end < 0 || buffer.position() < end) {
      return 0;
    }
    int status = Integer.parseInt(text(STATUS_AT, STATUS_AT + 3));
    end = -1;
    buffer.clear();
    return status;
  }

  private int findEnd() {
    byte[] bytes = buffer.array();
    for (int i = 3; i < buffer.position(); i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
        return i + 1 + bodyLength(text(0, i + 1));
      }
    }
    return -1;
  }

  private static int bodyLength(String head) {
    Matcher length = LENGTH.matcher(head);
    if (!length.find()) {
      throw new IllegalStateException("a response without Content-Length:\n" + head);
    }
    return Integer.parseInt(length.group(1));
  }

  private String text(int from, int to) {
    return new String(buffer.array(), from, to - from, StandardCharsets.ISO_8859_1);
  }
}
