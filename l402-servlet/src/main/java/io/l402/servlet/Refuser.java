// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.internal.FailureLog;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Refuses a request: reads what is left of its body, within limits of length and time, and writes
 * the answer. Where the body is not read to its end the connection is closed.
 *
 * <p>A slow body holds no thread. Safe for use by many threads.
 */
final class Refuser {
  private static final System.Logger LOG = System.getLogger(Refuser.class.getName());

  /** How long a client may take to send the rest of a body that nobody will look at. */
  private static final long PATIENCE_MILLIS = 3_000;

  /** The same over HTTP/2: nothing breaks there, and a gRPC stream that waits for us never ends. */
  private static final long HTTP2_PATIENCE_MILLIS = 500;

  private final FailureLog failures = new FailureLog(LOG);
  private final ChallengeWriter writer;
  private final long drainLimit;

  Refuser(ChallengeWriter writer, long drainLimit) {
    this.writer = writer;
    this.drainLimit = drainLimit;
  }

  /** Refuses now, or when the body was read. To be called on a thread of the container. */
  void refuse(HttpServletRequest request, HttpServletResponse response, Answer answer)
      throws IOException {
    UnreadBody body = new UnreadBody(request, drainLimit);
    boolean unread = body.mayHaveMore();
    if (unread && !body.isHeldBack()) {
      body.readAvailable();
      unread = body.mayHaveMore();
      if (unread && !body.isOverLimit() && canWait(request)) {
        new Drain(request, response, answer, body).begin();
        return;
      }
    }
    write(request, response, answer, unread);
  }

  /** What cannot be written as it should is still a refusal, and says nothing of why. */
  private void write(
      HttpServletRequest request, HttpServletResponse response, Answer answer, boolean close)
      throws IOException {
    try {
      writer.write(request, response, answer, close);
    } catch (RuntimeException e) {
      failures.failed(System.Logger.Level.ERROR, "a refusal could not be written", e);
      Step.fail(response, 500);
    }
  }

  private static boolean canWait(HttpServletRequest request) {
    return request.isAsyncSupported() && !request.isAsyncStarted();
  }

  /** Reads a body as it arrives, then answers; whichever of its three ends comes first counts. */
  private final class Drain implements ReadListener, AsyncListener {
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Answer answer;
    private final UnreadBody body;
    private final AtomicBoolean answered = new AtomicBoolean();
    private AsyncContext async;

    Drain(
        HttpServletRequest request, HttpServletResponse response, Answer answer, UnreadBody body) {
      this.request = request;
      this.response = response;
      this.answer = answer;
      this.body = body;
    }

    void begin() throws IOException {
      async = request.startAsync(request, response);
      async.setTimeout(UnreadBody.isHttp2(request) ? HTTP2_PATIENCE_MILLIS : PATIENCE_MILLIS);
      async.addListener(this);
      try {
        request.getInputStream().setReadListener(this);
      } catch (RuntimeException e) {
        onError(e);
      }
    }

    @Override
    public void onDataAvailable() throws IOException {
      body.readWhileReady();
      if (body.isOverLimit()) {
        finish(true);
      }
    }

    @Override
    public void onAllDataRead() {
      finish(false);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      finish(true);
    }

    @Override
    public void onError(Throwable failure) {
      finish(true);
    }

    @Override
    public void onError(AsyncEvent event) {
      finish(true);
    }

    @Override
    public void onComplete(AsyncEvent event) {
      // Nothing is left to do.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      // Nobody else starts anything on a refused request.
    }

    private void finish(boolean close) {
      if (!answered.compareAndSet(false, true)) {
        return;
      }
      try {
        write(request, response, answer, close);
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "the client of a refusal went away", e);
      } finally {
        async.complete();
      }
    }
  }
}
