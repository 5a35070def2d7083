// SPDX-License-Identifier: Apache-2.0
package io.l402.grpc;

import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ConnectivityState;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettySslContextChannelCredentials;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.l402.L402ConfigException;
import io.l402.gate.PriceServer;
import io.l402.grpc.proto.GetPriceRequest;
import io.l402.grpc.proto.GetPriceResponse;
import io.l402.grpc.proto.PricesGrpc;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;

/**
 * The one connection to a price server, with threads of its own.
 *
 * <p>Whatever gRPC does is done on these threads, and they end with {@link #close()}: what gRPC and
 * Netty leave in thread-locals does not stay behind in the container's threads. Neither Netty's
 * native transport nor its native TLS is used, since native libraries pin the class loader that
 * loaded them.
 *
 * <p>A broken connection is made anew by gRPC; but its back-off grows to two minutes, so while
 * there is none, whoever asks for a price makes it try again, once a second. A connection on which
 * two calls in a row got no answer is given up. Safe for use by many threads.
 */
final class PriceChannel implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int SILENCES = 2;
  private static final int MAX_ANSWER_BYTES = 16_384;
  private static final int MAX_TEXT = 200;
  private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long CLOSE_SECONDS = 5;

  private final Duration deadline;
  private final ThreadPoolExecutor executor;
  private final EventLoopGroup eventLoop;
  private final ManagedChannel channel;
  private final AtomicInteger silences = new AtomicInteger();
  private final AtomicLong retriedAt = new AtomicLong(System.nanoTime() - RETRY_NANOS);

  PriceChannel(PriceServer server) {
    PriceAddress address = PriceAddress.parse(server.address());
    ChannelCredentials credentials = credentials(server);
    deadline = server.deadline();
    executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            threads("l402-price-"));
    executor.allowCoreThreadTimeOut(true);
    eventLoop =
        new MultiThreadIoEventLoopGroup(1, threads("l402-price-io-"), NioIoHandler.newFactory());
    channel =
        NettyChannelBuilder.forAddress(address.host(), address.port(), credentials)
            .eventLoopGroup(eventLoop)
            .channelType(NioSocketChannel.class)
            .executor(executor)
            .offloadExecutor(executor)
            .maxInboundMessageSize(MAX_ANSWER_BYTES)
            .disableServiceConfigLookUp()
            .userAgent("l402-grpc")
            .build();
  }

  private static ChannelCredentials credentials(PriceServer server) {
    if (server.insecure()) {
      return InsecureChannelCredentials.create();
    }
    SslContextBuilder client =
        GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK);
    server.tlsCertPath().ifPresent(path -> trust(client, path));
    try {
      return NettySslContextChannelCredentials.create(client.build());
    } catch (IOException e) {
      throw new L402ConfigException("dynamicprice: this platform cannot speak TLS", e);
    }
  }

  private static void trust(SslContextBuilder client, Path path) {
    try (InputStream pem = Files.newInputStream(path)) {
      client.trustManager(pem);
    } catch (IOException | IllegalArgumentException e) {
      throw new L402ConfigException(
          "dynamicprice.tlscertpath: " + path + " cannot be read: expected certificates in PEM", e);
    }
  }

  /**
   * Does something on a thread of this connection.
   *
   * @param ended is done instead, here, after its end
   */
  void execute(Runnable work, Runnable ended) {
    try {
      executor.execute(work);
    } catch (RejectedExecutionException e) {
      ended.run();
    }
  }

  /** Asks. For use on a thread of this connection, where one of the two is told of the outcome. */
  void getPrice(
      GetPriceRequest question, LongConsumer answer, BiConsumer<String, Throwable> failure) {
    retryIfBroken();
    CallOptions options =
        CallOptions.DEFAULT.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
    ClientCalls.asyncUnaryCall(
        channel.newCall(PricesGrpc.getGetPriceMethod(), options),
        question,
        new Answer(answer, failure));
  }

  private void retryIfBroken() {
    long now = System.nanoTime();
    long last = retriedAt.get();
    if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE
        && now - last >= RETRY_NANOS
        && retriedAt.compareAndSet(last, now)) {
      channel.resetConnectBackoff();
    }
  }

  /** A server that answers, with whatever, is there. */
  private void heard(Status status) {
    if (status.getCode() != Status.Code.DEADLINE_EXCEEDED) {
      silences.set(0);
    } else if (silences.incrementAndGet() >= SILENCES) {
      silences.set(0);
      channel.enterIdle();
    }
  }

  /** Ends all calls, which fail, and the threads. Waits some seconds for them at most. */
  @Override
  public void close() {
    channel.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      eventLoop.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      executor.shutdown();
      executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      executor.shutdownNow();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Daemons with names, which keep no application alive. */
  private static ThreadFactory threads(String prefix) {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, prefix + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** One price, or what became of the call. */
  private final class Answer implements StreamObserver<GetPriceResponse> {
    private final LongConsumer answer;
    private final BiConsumer<String, Throwable> failure;
    private GetPriceResponse received;

    Answer(LongConsumer answer, BiConsumer<String, Throwable> failure) {
      this.answer = answer;
      this.failure = failure;
    }

    @Override
    public void onNext(GetPriceResponse response) {
      received = response;
    }

    @Override
    public void onError(Throwable thrown) {
      Status status = Status.fromThrowable(thrown);
      heard(status);
      failure.accept("GetPrice: " + text(status), thrown);
    }

    @Override
    public void onCompleted() {
      heard(Status.OK);
      answer.accept(received.getPriceSats());
    }

    /** The code and the server's own words, on one line and not too long. */
    private static String text(Status status) {
      String words = status.getDescription() == null ? "" : ": " + status.getDescription();
      String line = (status.getCode() + words).replaceAll("[^\\x20-\\x7e]+", " ").strip();
      return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "...";
    }
  }
}
