// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The gRPC server: starts, stops and starts again, each time on another port of its own. */
final class LndServer {
  private static final int MAX_MESSAGE = 200 << 20;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, Threads.named("fake-lnd-io"), NioIoHandler.newFactory());
  private final ExecutorService workers =
      Executors.newFixedThreadPool(4, Threads.named("fake-lnd-worker"));
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Threads.named("fake-lnd-timer"));
  private final List<Server> draining = new ArrayList<>();
  private final Node node;
  private final Bakery bakery;
  private final CallLog log;
  private Server server;

  LndServer(Node node, Bakery bakery, CallLog log) {
    this.node = node;
    this.bakery = bakery;
    this.log = log;
  }

  /** Starts, and returns the port. */
  int start(TlsIdentity identity) {
    try {
      server = build(identity).start();
      return server.getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Server build(TlsIdentity identity) throws IOException {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sslContext(context(identity))
            .bossEventLoopGroup(loops)
            .workerEventLoopGroup(loops)
            .channelType(NioServerSocketChannel.class)
            .executor(workers)
            .maxInboundMessageSize(MAX_MESSAGE)
            .keepAliveTime(1, TimeUnit.MINUTES)
            .keepAliveTimeout(20, TimeUnit.SECONDS)
            .permitKeepAliveTime(node.profile.secondsBetweenPings(), TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(false);
    addServices(builder);
    return builder.build();
  }

  private static SslContext context(TlsIdentity identity) throws IOException {
    SslContextBuilder builder = SslContextBuilder.forServer(identity.key(), identity.certificate());
    return GrpcSslContexts.configure(builder, SslProvider.JDK)
        .protocols("TLSv1.3", "TLSv1.2")
        .build();
  }

  private void addServices(NettyServerBuilder builder) {
    ServerInterceptor faults = new FaultInjector(node.faults, timer);
    ServerInterceptor state = new WalletStateCheck(node.lock, node.profile);
    ServerInterceptor macaroon = new MacaroonCheck(bakery);
    for (BindableService guarded : List.of(new LightningService(node), new InvoicesService(node))) {
      builder.addService(
          ServerInterceptors.interceptForward(guarded, log, faults, state, macaroon));
    }
    if (node.profile.hasStateService()) {
      builder.addService(ServerInterceptors.interceptForward(node.lock, log, faults));
    }
  }

  /** Says goodbye to all clients, ends their streams well, and lets calls under way finish. */
  void stop() {
    server.shutdown();
    node.subscriptions.complete();
    node.lock.complete();
    await(server, 1);
    kill();
  }

  /** Drops all that is under way. */
  void kill() {
    drain();
    draining.forEach(Server::shutdownNow);
    draining.forEach(s -> await(s, 10));
    draining.clear();
  }

  /** Sends GOAWAY on all connections; what is under way on them goes on. Call start afterwards. */
  void drain() {
    server.shutdown();
    draining.add(server);
  }

  private static void await(Server server, long seconds) {
    try {
      server.awaitTermination(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void close() {
    kill();
    timer.shutdownNow();
    workers.shutdownNow();
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS);
    Threads.await(timer);
    Threads.await(workers);
    Threads.await(loops);
  }
}
