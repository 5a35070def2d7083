// SPDX-License-Identifier: Apache-2.0
package io.l402.it.proxy;

import static io.grpc.stub.ServerCalls.asyncBidiStreamingCall;
import static io.grpc.stub.ServerCalls.asyncClientStreamingCall;
import static io.grpc.stub.ServerCalls.asyncServerStreamingCall;
import static io.grpc.stub.ServerCalls.asyncUnaryCall;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A real gRPC server behind the proxy, and what it has seen. */
final class GrpcUpstream implements AutoCloseable {
  /** How long a message of {@link GrpcMethod#FLOOD} is. */
  static final int FLOOD_BYTES = 10_000;

  static final int MAX_MESSAGE = 64 << 20;
  static final byte[] DETAILS = {0, 1, 2, (byte) 255};
  static final String COMPLAINT = "b\u00e4d % thing \u2602";
  private static final long PATIENCE_SECONDS = 30;

  /** How many calls were canceled by whoever called. */
  final AtomicInteger canceled = new AtomicInteger();

  /** How many calls that send much their clients have ended as if all had been said. */
  final AtomicInteger ended = new AtomicInteger();

  /** How many messages were sunk. */
  final AtomicInteger sunk = new AtomicInteger();

  /** Of the last flood only: one that nobody has told of its cancellation may still go on. */
  private volatile AtomicInteger flooded = new AtomicInteger();

  private final BlockingQueue<ServerCallStreamObserver<byte[]>> streams =
      new LinkedBlockingQueue<>();
  private final MetadataMirror mirror = new MetadataMirror();
  private final Server server;

  /** Starts it on a free port. */
  GrpcUpstream() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .maxInboundMessageSize(MAX_MESSAGE)
            .addService(ServerInterceptors.intercept(service("it.Paid"), mirror))
            .addService(ServerInterceptors.intercept(service("it.Free"), mirror))
            .build()
            .start();
  }

  private ServerServiceDefinition service(String name) {
    return ServerServiceDefinition.builder(name)
        .addMethod(GrpcMethod.ECHO.of(name), asyncUnaryCall(GrpcUpstream::echo))
        .addMethod(GrpcMethod.FAIL.of(name), asyncUnaryCall(GrpcUpstream::fail))
        .addMethod(GrpcMethod.FAIL_LATE.of(name), asyncServerStreamingCall(GrpcUpstream::failLate))
        .addMethod(GrpcMethod.FOLLOW.of(name), asyncServerStreamingCall(this::follow))
        .addMethod(GrpcMethod.FLOOD.of(name), asyncServerStreamingCall(this::flood))
        .addMethod(GrpcMethod.COUNT.of(name), asyncClientStreamingCall(this::count))
        .addMethod(GrpcMethod.SINK.of(name), asyncClientStreamingCall(this::sink))
        .addMethod(GrpcMethod.REFUSE.of(name), asyncClientStreamingCall(GrpcUpstream::refuse))
        .addMethod(GrpcMethod.CHAT.of(name), asyncBidiStreamingCall(this::chat))
        .build();
  }

  int port() {
    return server.getPort();
  }

  /** What it was told with the call it got last. */
  MetadataMirror mirror() {
    return mirror;
  }

  /** The answering side of the {@link GrpcMethod#FOLLOW} or {@link GrpcMethod#SINK} that began. */
  ServerCallStreamObserver<byte[]> nextStream() throws InterruptedException {
    ServerCallStreamObserver<byte[]> stream = streams.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (stream == null) {
      throw new AssertionError("no call reached the upstream");
    }
    return stream;
  }

  /** Whether a call has begun that nobody has asked for yet. */
  boolean hasStream() {
    return !streams.isEmpty();
  }

  /** How many messages the flood that began last has handed to its transport. */
  int flooded() {
    return flooded.get();
  }

  /** Forgets what it has seen. */
  void forget() {
    streams.clear();
    canceled.set(0);
    ended.set(0);
    flooded = new AtomicInteger();
    sunk.set(0);
  }

  private static void echo(byte[] message, StreamObserver<byte[]> out) {
    out.onNext(message);
    out.onCompleted();
  }

  private static void fail(byte[] message, StreamObserver<byte[]> out) {
    Status status = Status.INVALID_ARGUMENT.withDescription(COMPLAINT);
    out.onError(status.asRuntimeException(details()));
  }

  private static void failLate(byte[] message, StreamObserver<byte[]> out) {
    out.onNext(message);
    out.onError(Status.ABORTED.withDescription("later").asRuntimeException(details()));
  }

  private static Metadata details() {
    Metadata details = new Metadata();
    details.put(MetadataMirror.DETAILS, DETAILS);
    return details;
  }

  private void follow(byte[] message, StreamObserver<byte[]> out) {
    ServerCallStreamObserver<byte[]> stream = (ServerCallStreamObserver<byte[]>) out;
    stream.setOnCancelHandler(canceled::incrementAndGet);
    streams.add(stream);
  }

  private void flood(byte[] message, StreamObserver<byte[]> out) {
    ServerCallStreamObserver<byte[]> stream = (ServerCallStreamObserver<byte[]>) out;
    int total = Integer.parseInt(new String(message, StandardCharsets.US_ASCII));
    stream.setOnCancelHandler(canceled::incrementAndGet);
    AtomicInteger count = new AtomicInteger();
    flooded = count;
    stream.setOnReadyHandler(() -> pour(stream, count, total));
  }

  private static void pour(
      ServerCallStreamObserver<byte[]> stream, AtomicInteger count, int total) {
    while (stream.isReady() && count.get() < total) {
      stream.onNext(new byte[FLOOD_BYTES]);
      if (count.incrementAndGet() == total) {
        stream.onCompleted();
      }
    }
  }

  private StreamObserver<byte[]> count(StreamObserver<byte[]> out) {
    return new Tally(out, new AtomicInteger(), canceled, ended);
  }

  private StreamObserver<byte[]> sink(StreamObserver<byte[]> out) {
    ServerCallStreamObserver<byte[]> stream = (ServerCallStreamObserver<byte[]>) out;
    stream.disableAutoRequest();
    streams.add(stream);
    return new Tally(out, sunk, canceled, ended);
  }

  private static StreamObserver<byte[]> refuse(StreamObserver<byte[]> out) {
    return new Inbox() {
      @Override
      public void onNext(byte[] message) {
        if (isFirst(message)) {
          out.onError(Status.RESOURCE_EXHAUSTED.withDescription("enough").asRuntimeException());
        }
      }
    };
  }

  private StreamObserver<byte[]> chat(StreamObserver<byte[]> out) {
    return new StreamObserver<>() {
      @Override
      public void onNext(byte[] message) {
        out.onNext(message);
      }

      @Override
      public void onError(Throwable why) {
        canceled.incrementAndGet();
      }

      @Override
      public void onCompleted() {
        ended.incrementAndGet();
        out.onCompleted();
      }
    };
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Counts messages and tells at the end. */
  private record Tally(
      StreamObserver<byte[]> out, AtomicInteger count, AtomicInteger canceled, AtomicInteger ended)
      implements StreamObserver<byte[]> {
    @Override
    public void onNext(byte[] message) {
      count.incrementAndGet();
    }

    @Override
    public void onError(Throwable why) {
      canceled.incrementAndGet();
    }

    @Override
    public void onCompleted() {
      ended.incrementAndGet();
      out.onNext(Integer.toString(count.get()).getBytes(StandardCharsets.US_ASCII));
      out.onCompleted();
    }
  }
}
