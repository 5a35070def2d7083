// SPDX-License-Identifier: Apache-2.0
package io.l402.it.proxy;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.l402.it.RawResponse;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real gRPC client in front of the proxy. */
final class GrpcCaller implements AutoCloseable {
  static final Metadata.Key<String> AUTHORIZATION = MetadataMirror.text("authorization");
  private static final Metadata.Key<String> CHALLENGE = MetadataMirror.text("www-authenticate");
  private static final long PATIENCE_SECONDS = 60;

  private final ManagedChannel connection;
  private final Channel channel;
  private final String service;

  private GrpcCaller(ManagedChannel connection, Channel channel, String service) {
    this.connection = connection;
    this.channel = channel;
    this.service = service;
  }

  /** A client of a service; calls nothing yet. */
  static GrpcCaller of(int port, String service) {
    ManagedChannel connection =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    return new GrpcCaller(connection, connection, service);
  }

  /** The same over the same connection, with this metadata. */
  GrpcCaller with(Metadata metadata) {
    Channel attached =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
    return new GrpcCaller(connection, attached, service);
  }

  /** The same over the same connection, with a token, given as a field of HTTP. */
  GrpcCaller withToken(String field) {
    Metadata metadata = new Metadata();
    metadata.put(AUTHORIZATION, field.substring("Authorization: ".length()));
    return with(metadata);
  }

  /** Where to make calls by hand. */
  Channel channel() {
    return channel;
  }

  /** A call to be started by hand. */
  ClientCall<byte[], byte[]> call(GrpcMethod method) {
    return call(method, patient());
  }

  /** A call with options of the test's choice. */
  ClientCall<byte[], byte[]> call(GrpcMethod method, CallOptions options) {
    return channel.newCall(method.of(service), options);
  }

  static CallOptions patient() {
    return CallOptions.DEFAULT
        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .withMaxInboundMessageSize(GrpcUpstream.MAX_MESSAGE);
  }

  byte[] unary(GrpcMethod method, byte[] message) {
    return ClientCalls.blockingUnaryCall(channel, method.of(service), patient(), message);
  }

  String echo(String message) {
    byte[] answer = unary(GrpcMethod.ECHO, message.getBytes(StandardCharsets.UTF_8));
    return new String(answer, StandardCharsets.UTF_8);
  }

  Iterator<byte[]> serverStream(GrpcMethod method, String message) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    return ClientCalls.blockingServerStreamingCall(call(method), bytes);
  }

  /** Begins a stream of the server; the call is there to cancel it. */
  ClientCall<byte[], byte[]> serverStream(GrpcMethod method, Inbox inbox) {
    ClientCall<byte[], byte[]> call = call(method);
    ClientCalls.asyncServerStreamingCall(call, new byte[1], inbox);
    return call;
  }

  StreamObserver<byte[]> clientStream(GrpcMethod method, Inbox inbox) {
    return ClientCalls.asyncClientStreamingCall(call(method), inbox);
  }

  StreamObserver<byte[]> chat(Inbox inbox) {
    return ClientCalls.asyncBidiStreamingCall(call(GrpcMethod.CHAT), inbox);
  }

  /** What a refused client has been told, as over HTTP. */
  static RawResponse challenge(StatusRuntimeException refusal) {
    String field = refusal.getTrailers() == null ? null : refusal.getTrailers().get(CHALLENGE);
    if (field == null) {
      throw new AssertionError("no challenge in the trailers of " + refusal, refusal);
    }
    String asL402 = "L402 " + field.substring(field.indexOf(' ') + 1);
    return new RawResponse(402, List.of(Map.entry("WWW-Authenticate", asL402)), "", List.of());
  }

  @Override
  public void close() {
    connection.shutdownNow();
    try {
      connection.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
