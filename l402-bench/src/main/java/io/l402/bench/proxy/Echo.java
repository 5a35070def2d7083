// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.proxy;

import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;

/** What stands behind the proxy for gRPC: a unary call that answers what it is sent. */
final class Echo {
  static final String PATH = "/bench.Echo/Unary";

  private static final int MESSAGE_LENGTH = 100;
  private static final int PREFIX_LENGTH = 5;

  private Echo() {}

  /** The method below a prefix of its path; the prefix is empty, or begins with a slash. */
  static MethodDescriptor<byte[], byte[]> method(String prefix) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName((prefix + PATH).substring(1))
        .setRequestMarshaller(new Bytes())
        .setResponseMarshaller(new Bytes())
        .build();
  }

  static ServerServiceDefinition service(LongAdder answered) {
    return ServerServiceDefinition.builder("bench.Echo")
        .addMethod(
            method(""),
            ServerCalls.asyncUnaryCall(
                (request, observer) -> {
                  answered.increment();
                  observer.onNext(request);
                  observer.onCompleted();
                }))
        .build();
  }

  static byte[] message() {
    return new byte[MESSAGE_LENGTH];
  }

  /** The message as it is sent: not compressed, its length, itself. */
  static byte[] frame() {
    return ByteBuffer.allocate(PREFIX_LENGTH + MESSAGE_LENGTH)
        .put((byte) 0)
        .putInt(MESSAGE_LENGTH)
        .put(message())
        .array();
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
