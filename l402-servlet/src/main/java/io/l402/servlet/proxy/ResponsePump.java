// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Moves the body of an answer to the client, one buffer at a time: what the client does not take is
 * left with the upstream. What is there is flushed when there is nothing more at once, so that each
 * event of a stream is seen when it is sent.
 *
 * <p>The container's calls set flags and nothing else; all that is done is done in turn, on
 * whichever thread comes first.
 */
final class ResponsePump implements WriteListener {
  /** What the pump tells of; each at most once, and then it has stopped. */
  interface Owner extends PumpOwner {
    /** All was written. */
    void responseEnded();

    /** The upstream broke off, or somebody broke off the exchange. */
    void responseBroke(Throwable why);

    /** The client is gone. */
    void clientGone(Throwable why);
  }

  private final ServletOutputStream out;
  private final BodySource source;
  private final Optional<Long> length;
  private final boolean headFirst;
  private final Owner owner;
  private final Executor writers;
  private final Serial serial = new Serial(this::pumpIfOpen);
  private final byte[] buffer = new byte[RequestPump.BUFFER];
  private long count;
  private boolean done;
  private boolean unflushed = true; // the head
  private volatile boolean readable = true;
  private volatile boolean writable;
  private volatile boolean again;
  private volatile Throwable clientFailure;
  private volatile Throwable failure;

  /**
   * A pump.
   *
   * @param length how many bytes the head promises, if it does
   * @param headFirst whether the head is sent before it is known whether a body follows
   * @param writers where to write
   */
  ResponsePump(
      ServletOutputStream out,
      BodySource source,
      Optional<Long> length,
      boolean headFirst,
      Owner owner,
      Executor writers) {
    this.writers = writers;
    this.out = out;
    this.source = source;
    this.length = length;
    this.headFirst = headFirst;
    this.owner = owner;
  }

  /** Begins. */
  void start() {
    out.setWriteListener(this);
  }

  /**
   * Flushes what was flushed before. Undertow forgets the rest of a frame of HTTP/2 for which the
   * client had no room, until somebody flushes when it has.
   */
  void flushAgain() {
    again = true;
    serial.run();
  }

  /** Writes no more, and then says so. */
  void breakOff(Throwable why) {
    failure = why;
    serial.run();
  }

  /** Whether it is the client that everybody waits for. */
  boolean isWaitingForClient() {
    return !writable;
  }

  @Override
  public void onWritePossible() {
    writable = true;
    writers.execute(serial);
  }

  @Override
  public void onError(Throwable why) {
    clientFailure = why;
    serial.run();
  }

  private void readable() {
    readable = true;
    writers.execute(serial);
  }

  private void pumpIfOpen() {
    owner.visit(this::pump);
  }

  private void pump() {
    try {
      while (!done && step()) {
        owner.moved();
      }
    } catch (RuntimeException e) {
      stop(() -> owner.clientGone(e)); // of the container, which has given up on the client
    }
    if (again && !done) {
      again = false;
      flushIfWritable();
    }
  }

  /** Which is not to count as something that moves. */
  private void flushIfWritable() {
    try {
      if (isWritable()) {
        out.flush();
      }
    } catch (IOException | RuntimeException e) {
      stop(() -> owner.clientGone(e));
    }
  }

  /** Whether to go on. */
  private boolean step() {
    if (clientFailure != null) {
      return stop(() -> owner.clientGone(clientFailure));
    }
    if (failure != null) {
      return stop(() -> owner.responseBroke(failure));
    }
    if (!isWritable()) {
      return false;
    }
    int read = 0;
    try {
      read = readable ? source.read(buffer) : 0;
    } catch (IOException | RuntimeException e) {
      return stop(() -> owner.responseBroke(e));
    }
    if (read == BodySource.END && !(headFirst && unflushed)) {
      return end();
    }
    count += Math.max(0, read);
    return isTooLong() ? end() : write(read);
  }

  private boolean isTooLong() {
    return length.isPresent() && count > length.get();
  }

  /** Over HTTP/2 nobody but us compares what came with what was promised. */
  private boolean end() {
    if (length.isPresent() && count != length.get()) {
      IOException why = new IOException("the body is not as long as announced");
      return stop(() -> owner.responseBroke(why));
    }
    return stop(owner::responseEnded);
  }

  /** The flag is cleared first: a call that comes in between must not be lost. */
  private boolean isWritable() {
    if (!writable) {
      return false;
    }
    writable = false;
    boolean now = out.isReady();
    if (now) {
      writable = true; // never to false: the container may have said otherwise by now
    }
    return now;
  }

  private boolean write(int count) {
    try {
      if (count > 0) {
        out.write(buffer, 0, count);
        unflushed = true;
        return true;
      }
      if (unflushed) {
        unflushed = false;
        out.flush();
        return true;
      }
    } catch (IOException | RuntimeException e) {
      return stop(() -> owner.clientGone(e));
    }
    return readable && await();
  }

  private boolean await() {
    readable = false;
    try {
      source.onReadable(this::readable);
      return false;
    } catch (RuntimeException e) {
      return stop(() -> owner.responseBroke(e));
    }
  }

  private boolean stop(Runnable say) {
    done = true;
    say.run();
    return false;
  }
}
