// SPDX-License-Identifier: Apache-2.0
package io.l402.it.proxy;

import static org.awaitility.Awaitility.await;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** Measures a call: sends as fast as the transport takes it, and takes one message. */
final class Gauge extends ClientCall.Listener<byte[]> {
  private static final Duration STILL = Duration.ofMillis(700);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger received = new AtomicInteger();
  private final CompletableFuture<Status> end = new CompletableFuture<>();
  private final int toSend;
  private final int size;
  private ClientCall<byte[], byte[]> call;

  /** One that sends nothing. */
  Gauge() {
    this(0, 0);
  }

  /** One that sends messages of a size, and then ends its side. */
  Gauge(int toSend, int size) {
    this.toSend = toSend;
    this.size = size;
  }

  void start(ClientCall<byte[], byte[]> started) {
    call = started;
    call.start(this, new Metadata());
    call.request(1);
  }

  @Override
  public void onReady() {
    while (call.isReady() && sent.get() < toSend) {
      call.sendMessage(new byte[size]);
      if (sent.incrementAndGet() == toSend) {
        call.halfClose();
      }
    }
  }

  @Override
  public void onMessage(byte[] message) {
    received.incrementAndGet();
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    end.complete(status);
  }

  int sent() {
    return sent.get();
  }

  int received() {
    return received.get();
  }

  void awaitReceived(int count) {
    await().atMost(PATIENCE).until(() -> received.get() >= count || end.isDone());
    if (received.get() < count) {
      throw new AssertionError("the call has ended: " + end.join());
    }
  }

  Status end() throws Exception {
    return end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** What something comes to when it does not change any more. */
  static int settled(IntSupplier value) {
    AtomicInteger last = new AtomicInteger(-1);
    await()
        .atMost(PATIENCE)
        .pollInterval(STILL)
        .until(() -> last.getAndSet(value.getAsInt()) == last.get());
    return last.get();
  }
}
