// SPDX-License-Identifier: Apache-2.0
package io.l402.it.proxy;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** Gives back some of the metadata, and keeps all of the last call. */
final class MetadataMirror implements ServerInterceptor {
  static final Metadata.Key<String> TEXT = text("x-text");
  static final Metadata.Key<byte[]> DATA = binary("x-data-bin");
  static final Metadata.Key<String> TRAIL = text("x-trail");
  static final Metadata.Key<byte[]> DETAILS = binary("grpc-status-details-bin");

  private volatile Metadata seen = new Metadata();
  private volatile Deadline deadline;

  static Metadata.Key<String> text(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private static Metadata.Key<byte[]> binary(String name) {
    return Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER);
  }

  /** The metadata of the last call. */
  Metadata seen() {
    return seen;
  }

  /** The deadline of the last call; null if it had none. */
  Deadline deadline() {
    return deadline;
  }

  @Override
  public <A, B> ServerCall.Listener<A> interceptCall(
      ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
    seen = headers;
    deadline = Context.current().getDeadline();
    return next.startCall(new Mirrored<>(call, headers), headers);
  }

  private static final class Mirrored<A, B> extends SimpleForwardingServerCall<A, B> {
    private final Metadata request;

    Mirrored(ServerCall<A, B> call, Metadata request) {
      super(call);
      this.request = request;
    }

    @Override
    public void sendHeaders(Metadata headers) {
      copy(TEXT, headers);
      copy(DATA, headers);
      super.sendHeaders(headers);
    }

    private <T> void copy(Metadata.Key<T> key, Metadata to) {
      T value = request.get(key);
      if (value != null) {
        to.put(key, value);
      }
    }

    @Override
    public void close(Status status, Metadata trailers) {
      trailers.put(TRAIL, "end");
      super.close(status, trailers);
    }
  }
}
