// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettySslContextChannelCredentials;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.l402.L402ConfigException;
import io.l402.internal.Threads;
import io.l402.lightning.LightningException;
import io.l402.lightning.LightningException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * The one connection to lnd, with threads of its own.
 *
 * <p>Whatever gRPC does is done on these threads, its beginning and its end included, and they end
 * with {@link #close()}: what gRPC and Netty leave in thread-locals does not stay behind in the
 * container's threads. Neither Netty's native transport nor its native TLS is used, since native
 * libraries pin the class loader that loaded them.
 *
 * <p>A broken connection is made anew by gRPC, with back-off and jitter, and {@link Reconnection}
 * keeps that from growing long.
 *
 * <p>Safe for use by many threads.
 */
final class LndChannel implements AutoCloseable {
  private static final int THREADS = 4;
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(60);
  private static final Duration KEEP_ALIVE_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final Threads threads = new Threads("l402-lnd-");
  private final ThreadPoolExecutor executor;
  private final EventLoopGroup eventLoop;
  private final ManagedChannel channel;
  private final Reconnection reconnection;

  /**
   * Begins to connect.
   *
   * @throws L402ConfigException if this platform cannot do it
   */
  LndChannel(LndSettings settings, Optional<PinnedTrust> trust) {
    executor = newExecutor();
    eventLoop = make(this::newEventLoop);
    channel = make(() -> newChannel(settings, tls(trust)));
    reconnection = new Reconnection(line(), () -> trust.map(PinnedTrust::hasChanged).orElse(false));
    execute(() -> reconnection.watch(channel.getState(true)));
  }

  /** Makes something of gRPC's or Netty's, not on the thread that waits for it. */
  private <T> T make(Supplier<T> maker) {
    try {
      return CompletableFuture.supplyAsync(maker, executor).join();
    } catch (CompletionException e) {
      executor.shutdown();
      throw e.getCause() instanceof L402ConfigException cause ? cause : e;
    }
  }

  private EventLoopGroup newEventLoop() {
    QuietFrames.install();
    return new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory());
  }

  private ThreadPoolExecutor newExecutor() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  private static SslContext tls(Optional<PinnedTrust> trust) {
    SslContextBuilder client =
        GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK);
    trust.ifPresent(client::trustManager);
    try {
      return client.build();
    } catch (SSLException e) {
      throw new L402ConfigException("lnd: this platform cannot speak TLS: " + e.getMessage(), e);
    }
  }

  private ManagedChannel newChannel(LndSettings settings, SslContext tls) {
    LndAddress address = settings.address();
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(
                address.host(), address.port(), NettySslContextChannelCredentials.create(tls))
            .eventLoopGroup(eventLoop)
            .channelType(NioSocketChannel.class)
            .executor(executor)
            .offloadExecutor(executor)
            .keepAliveTime(KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS)
            .keepAliveTimeout(KEEP_ALIVE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
            .keepAliveWithoutCalls(false)
            .disableServiceConfigLookUp()
            .userAgent("l402-lnd");
    settings.serverName().ifPresent(builder::overrideAuthority);
    return builder.build();
  }

  /** Does something on a thread of this connection; after its end, fails. */
  void execute(Runnable work) {
    try {
      executor.execute(work);
    } catch (RejectedExecutionException e) {
      throw closed();
    }
  }

  /** Does something later, on a thread of this connection; after its end, never. */
  void executeAfter(Duration delay, Runnable work) {
    try {
      executor.execute(delay.isZero() ? work : () -> schedule(delay, work));
    } catch (RejectedExecutionException ended) {
      // As promised.
    }
  }

  private void schedule(Duration delay, Runnable work) {
    try {
      eventLoop.schedule(
          () -> executeAfter(Duration.ZERO, work), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException ended) {
      // As promised.
    }
  }

  /** Begins a call that has one answer. For use on a thread of this connection. */
  <Q, R> void unary(
      MethodDescriptor<Q, R> method, CallOptions options, Q request, StreamObserver<R> answer) {
    ClientCalls.asyncUnaryCall(channel.newCall(method, options), request, answer);
  }

  /** Begins a call that has many answers. For use on a thread of this connection. */
  <Q, R> void streaming(
      MethodDescriptor<Q, R> method, CallOptions options, Q request, StreamObserver<R> answers) {
    ClientCalls.asyncServerStreamingCall(channel.newCall(method, options), request, answers);
  }

  /**
   * How many connections there were: another number may be another node, or one with other keys.
   */
  int connections() {
    return reconnection.connections();
  }

  /** Gives up a connection that seems dead; calls on it go on, new ones get a new one. */
  void reconnect() {
    channel.enterIdle();
  }

  private static LightningException closed() {
    return new LightningException(Kind.RETRYABLE, "lnd: closed");
  }

  /** The channel as far as it must be watched. */
  private Reconnection.Line line() {
    return new Reconnection.Line() {
      @Override
      public ConnectivityState state() {
        return channel.getState(false);
      }

      @Override
      public void onChangeFrom(ConnectivityState state, Runnable then) {
        channel.notifyWhenStateChanged(state, then);
      }

      @Override
      public void resetBackoff() {
        channel.resetConnectBackoff();
      }

      @Override
      public void after(Duration delay, Runnable work) {
        executeAfter(delay, work);
      }
    };
  }

  /** Ends all calls, which fail, and the threads. Waits five seconds for them at most. */
  @Override
  public void close() {
    threads.newThread(this::end).start();
    threads.join(CLOSE_PATIENCE);
  }

  /** On a thread that nothing can keep busy, and that ends with it. */
  private void end() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(3, TimeUnit.SECONDS);
      eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      eventLoop.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    } finally {
      executor.shutdown();
    }
  }
}
