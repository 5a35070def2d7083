// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/**
 * The body of a request that is about to be refused.
 *
 * <p>Answering without reading it makes clients see a reset connection instead of the answer, and
 * over HTTP/2 counts against them. A client that waits for {@code 100 Continue} has not sent it and
 * is not asked to.
 */
final class UnreadBody {
  private static final int CHUNK = 8_192;

  private final HttpServletRequest request;
  private final long limit;
  private final byte[] buffer = new byte[CHUNK];
  private long read;

  UnreadBody(HttpServletRequest request, long limit) {
    this.request = request;
    this.limit = limit;
  }

  /** Whether the header fields say that there is a body. */
  static boolean isAnnounced(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  /** Whether the client sends nothing before it is told to go on. */
  boolean isHeldBack() {
    return request.getHeader("Expect") != null;
  }

  /**
   * Whether there is anything to read: over HTTP/1 the header fields say so, over HTTP/2 only the
   * stream knows.
   */
  boolean mayHaveMore() throws IOException {
    if (isHeldBack()) {
      return isAnnounced(request); // to look at the stream is to ask for the body: Jetty says 100
    }
    if (request.getContentLengthLong() >= 0) {
      return read < request.getContentLengthLong() && !isTaken();
    }
    boolean possible = isAnnounced(request) || isHttp2(request);
    return possible && !isTaken() && !request.getInputStream().isFinished();
  }

  /** Whether the application reads it as text: what forwarded it to us has begun to. */
  private boolean isTaken() throws IOException {
    try {
      return request.getInputStream() == null;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  static boolean isHttp2(HttpServletRequest request) {
    return request.getProtocol().startsWith("HTTP/2");
  }

  /** Reads what has arrived already; never waits. */
  void readAvailable() throws IOException {
    ServletInputStream in = request.getInputStream();
    for (int ready = in.available(); ready > 0 && !isOverLimit(); ready = in.available()) {
      if (!readSome(in, Math.min(ready, CHUNK))) {
        return;
      }
    }
  }

  /** Reads as long as the container says that reading does not wait. */
  void readWhileReady() throws IOException {
    ServletInputStream in = request.getInputStream();
    while (!isOverLimit() && in.isReady() && !in.isFinished()) {
      if (!readSome(in, CHUNK)) {
        return;
      }
    }
  }

  private boolean readSome(ServletInputStream in, int most) throws IOException {
    int count = in.read(buffer, 0, most);
    read += Math.max(0, count);
    return count >= 0;
  }

  /** Whether as much was read as may be. */
  boolean isOverLimit() {
    return read >= limit;
  }
}
