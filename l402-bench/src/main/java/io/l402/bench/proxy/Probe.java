// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.proxy;

import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Optional;

/** One request each, to see that what is going to be measured is the right answer. */
final class Probe {
  private static final int PAYMENT_REQUIRED = 402;
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private Probe() {}

  /** Expects 200 and the weather. */
  static void http(URI uri, Optional<String> authorization)
      throws IOException, InterruptedException {
    HttpResponse<String> response = get(uri, authorization);
    if (response.statusCode() != 200 || !response.body().equals(Weather.TEXT)) {
      throw new IOException(response + " " + response.body());
    }
  }

  private static HttpResponse<String> get(URI uri, Optional<String> authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    authorization.ifPresent(it -> request.setHeader("Authorization", it));
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Expects {@code grpc-status} 0 and the message that was sent. */
  static void grpc(URI uri, Subject subject, Optional<String> authorization) throws IOException {
    Metadata metadata = new Metadata();
    authorization.ifPresent(it -> metadata.put(AUTHORIZATION, it));
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(uri.getHost(), uri.getPort()).usePlaintext().build();
    try {
      byte[] answer =
          ClientCalls.blockingUnaryCall(
              ClientInterceptors.intercept(
                  channel, MetadataUtils.newAttachHeadersInterceptor(metadata)),
              Echo.method(subject.prefix()),
              CallOptions.DEFAULT,
              Echo.message());
      if (!Arrays.equals(answer, Echo.message())) {
        throw new IOException(uri + " answers something else");
      }
    } catch (StatusRuntimeException e) {
      throw new IOException(uri + " answers " + e.getStatus(), e);
    } finally {
      channel.shutdownNow();
    }
  }

  /** Expects that nobody passes the filter who has not paid. */
  static void refuses(URI http, URI grpc) throws IOException, InterruptedException {
    int status = get(http, Optional.empty()).statusCode();
    if (status != PAYMENT_REQUIRED) {
      throw new IOException(http + " without a token: " + status);
    }
    try {
      grpc(grpc, Subject.SOLD, Optional.empty());
    } catch (IOException e) {
      return;
    }
    throw new IOException(grpc + " passes without a token");
  }
}
