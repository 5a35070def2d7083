// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.upstream;

import com.google.protobuf.Empty;
import com.google.protobuf.StringValue;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The tide over gRPC: {@code l402.demo.Tides/Now} and, as a stream of the next six hours, {@code
 * l402.demo.Tides/Watch}. Both take a {@code google.protobuf.Empty} and answer with {@code
 * google.protobuf.StringValue}s.
 */
final class TideGrpc {
  private static final String SERVICE = "l402.demo.Tides";
  private static final int HOURS = 6;

  static final MethodDescriptor<Empty, StringValue> NOW = method("Now", MethodType.UNARY);
  static final MethodDescriptor<Empty, StringValue> WATCH =
      method("Watch", MethodType.SERVER_STREAMING);

  private final EventLoopGroup eventLoop;
  private final Server server;

  private TideGrpc(EventLoopGroup eventLoop, Server server) {
    this.eventLoop = eventLoop;
    this.server = server;
  }

  private static MethodDescriptor<Empty, StringValue> method(String name, MethodType type) {
    return MethodDescriptor.<Empty, StringValue>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
        .setRequestMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
        .setResponseMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
        .build();
  }

  /** Serves on a free port of this machine's own address, in the clear. */
  static TideGrpc start(Clock clock, ExecutorService executor, ThreadFactory threads)
      throws IOException {
    EventLoopGroup eventLoop =
        new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory());
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .bossEventLoopGroup(eventLoop)
            .workerEventLoopGroup(eventLoop)
            .channelType(NioServerSocketChannel.class)
            .executor(executor)
            .addService(service(clock))
            .build();
    TideGrpc grpc = new TideGrpc(eventLoop, server);
    server.start();
    return grpc;
  }

  private static ServerServiceDefinition service(Clock clock) {
    return ServerServiceDefinition.builder(SERVICE)
        .addMethod(NOW, ServerCalls.asyncUnaryCall((none, answer) -> tell(clock, 1, answer)))
        .addMethod(
            WATCH,
            ServerCalls.asyncServerStreamingCall((none, answer) -> tell(clock, HOURS, answer)))
        .build();
  }

  private static void tell(Clock clock, int hours, StreamObserver<StringValue> answer) {
    Instant now = clock.instant();
    for (int hour = 0; hour < hours; hour++) {
      answer.onNext(StringValue.of(TideTable.height(now.plusSeconds(3600L * hour))));
    }
    answer.onCompleted();
  }

  int port() {
    return server.getPort();
  }

  void stop() throws InterruptedException {
    server.shutdownNow();
    server.awaitTermination(2, TimeUnit.SECONDS);
    eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    eventLoop.awaitTermination(2, TimeUnit.SECONDS);
  }
}
