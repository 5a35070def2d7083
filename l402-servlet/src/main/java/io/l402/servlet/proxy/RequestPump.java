// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * Moves the body of a request to the upstream, one buffer at a time: the next is read when the last
 * was sent, so a slow upstream makes its client slow.
 *
 * <p>The container's calls set flags and nothing else; all that is done is done in turn, on
 * whichever thread comes first.
 */
final class RequestPump implements ReadListener {
  static final int BUFFER = 16 * 1024;

  /** What the pump tells of. */
  interface Owner extends PumpOwner {
    /** All was sent. */
    void requestEnded();

    /** The client broke off, or sent something else than it said. */
    void requestFailed(Throwable why);
  }

  private final ServletInputStream in;
  private final BodySink upstream;
  private final Optional<Long> length;
  private final Owner owner;
  private final Serial serial = new Serial(this::pumpIfOpen);
  private final byte[] buffer = new byte[BUFFER];
  private final UntoldFailure untold;
  private long count;
  private boolean done;
  private boolean fresh = true; // what is read now came with what was read before
  private boolean finished; // known to the clock alone
  private volatile boolean confirmed;
  private volatile boolean sent = true;
  private volatile boolean listening;
  private volatile boolean ready;
  private volatile boolean allRead;
  private volatile boolean stopped;
  private volatile Throwable failure;

  /**
   * A pump.
   *
   * @param length how many bytes were announced, if they were
   * @param untold that the client has broken off, if that may look like an end: Tomcat says over
   *     HTTP/2 that all was read before it says so, or instead, and half a request must not be
   *     taken for all. An end that comes by itself then counts if it still stands when the clock
   *     has looked twice, and none does once there is such a failure
   */
  RequestPump(
      ServletInputStream in,
      BodySink upstream,
      Optional<Long> length,
      Owner owner,
      UntoldFailure untold) {
    this.untold = untold;
    this.in = in;
    this.upstream = upstream;
    this.length = length;
    this.owner = owner;
  }

  /** Begins. */
  void start() {
    listening = true;
    in.setReadListener(this);
  }

  /**
   * Begins by waiting for the first bytes, which is what makes Tomcat tell a client to go on. On
   * the container's own thread: while that is in the servlet, nobody ends the request under its
   * hands.
   */
  void startWaiting() {
    try {
      if (transfer()) {
        start();
      }
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  /**
   * Looks whether the end has come. Tomcat tells nobody of it where it comes by itself, as it does
   * over HTTP/2 with the trailers of a request, so somebody has to ask now and then. For the clock
   * alone.
   */
  void check() {
    if (!listening || stopped || confirmed || !in.isFinished() || untold.isThere()) {
      return;
    }
    confirmed = finished;
    finished = true;
    if (confirmed) {
      onAllDataRead();
    }
  }

  /** Reads no more. */
  void stop() {
    stopped = true;
  }

  /** Whether it is the client that everybody waits for. */
  boolean isWaitingForClient() {
    return sent;
  }

  @Override
  public void onDataAvailable() {
    ready = true;
    serial.run();
  }

  /** Only a wake-up: on Tomcat there may be bytes left in our hands, or even in the stream. */
  @Override
  public void onAllDataRead() {
    allRead = true;
    serial.run();
  }

  @Override
  public void onError(Throwable why) {
    failure = why;
    serial.run();
  }

  private void written() {
    sent = true;
    serial.run();
  }

  private void pumpIfOpen() {
    owner.visit(this::pump);
  }

  private void pump() {
    try {
      while (!done && !stopped && step()) {
        owner.moved();
      }
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  /** Whether to go on. */
  private boolean step() throws IOException {
    if (failure != null) {
      fail(failure);
      return false;
    }
    if (!sent || !(ready || allRead)) {
      return false;
    }
    if (in.isFinished()) {
      return finish();
    }
    if (isReady()) {
      return transfer();
    }
    fresh = false;
    return in.isFinished() && finish();
  }

  private boolean finish() throws IOException {
    boolean certain = fresh || confirmed || !untold.isPossible() || length.isPresent();
    return certain && !untold.isThere() && end();
  }

  /** The flag is cleared first: a call that comes in between must not be lost. */
  private boolean isReady() {
    ready = false;
    boolean now = in.isReady();
    if (now) {
      ready = true; // never to false: the container may have said otherwise by now
    }
    return now;
  }

  private boolean transfer() throws IOException {
    int read = in.read(buffer);
    if (read < 0) {
      return finish();
    }
    owner.moved();
    fresh = true;
    count += read;
    if (length.isPresent() && count > length.get()) {
      throw new IOException("the body is longer than announced");
    }
    if (read > 0) {
      sent = false;
      upstream.write(buffer, read, this::written);
    }
    return true;
  }

  private boolean end() throws IOException {
    if (length.isPresent() && count != length.get()) {
      throw new IOException("the body is shorter than announced");
    }
    done = true;
    owner.requestEnded();
    upstream.end();
    return false;
  }

  private void fail(Throwable why) {
    if (!done) {
      done = true;
      owner.requestFailed(why);
    }
  }
}
