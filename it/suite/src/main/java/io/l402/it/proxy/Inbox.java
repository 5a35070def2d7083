// SPDX-License-Identifier: Apache-2.0
package io.l402.it.proxy;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps what comes in on a gRPC stream until somebody asks. */
class Inbox implements StreamObserver<byte[]> {
  private static final long PATIENCE_SECONDS = 30;

  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
  private final AtomicBoolean begun = new AtomicBoolean();

  @Override
  public void onNext(byte[] message) {
    events.add(message);
  }

  @Override
  public void onError(Throwable why) {
    events.add(Status.fromThrowable(why));
  }

  @Override
  public void onCompleted() {
    events.add(Status.OK);
  }

  /** Whether this is the first call of this. */
  final boolean isFirst(byte[] message) {
    return begun.compareAndSet(false, true);
  }

  /** The next message, as text. */
  final String next() throws InterruptedException {
    Object event = event();
    if (event instanceof byte[] message) {
      return new String(message, StandardCharsets.UTF_8);
    }
    throw new AssertionError("expected a message, got " + event);
  }

  /** How the stream has ended, after all messages were asked for. */
  final Status end() throws InterruptedException {
    Object event = event();
    if (event instanceof Status status) {
      return status;
    }
    throw new AssertionError("expected the end, got a message");
  }

  private Object event() throws InterruptedException {
    Object event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("nothing came for " + PATIENCE_SECONDS + " s");
    }
    return event;
  }
}
