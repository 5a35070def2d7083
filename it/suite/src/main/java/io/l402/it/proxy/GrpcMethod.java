// SPDX-License-Identifier: Apache-2.0
package io.l402.it.proxy;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The methods of the upstream. Their messages are bytes, so nothing has to be generated. */
enum GrpcMethod {
  /** Gives back what it gets. */
  ECHO(MethodType.UNARY),
  /** Fails at once, with details. */
  FAIL(MethodType.UNARY),
  /** Gives back one message, then fails. */
  FAIL_LATE(MethodType.SERVER_STREAMING),
  /** The test sends what there is to send. */
  FOLLOW(MethodType.SERVER_STREAMING),
  /** As many messages as are asked for, as fast as they are taken. */
  FLOOD(MethodType.SERVER_STREAMING),
  /** Counts messages. */
  COUNT(MethodType.CLIENT_STREAMING),
  /** Takes messages when the test says so. */
  SINK(MethodType.CLIENT_STREAMING),
  /** Fails on the first message. */
  REFUSE(MethodType.CLIENT_STREAMING),
  /** Gives back each message. */
  CHAT(MethodType.BIDI_STREAMING);

  private static final MethodDescriptor.Marshaller<byte[]> BYTES = new Bytes();

  private final MethodType type;

  GrpcMethod(MethodType type) {
    this.type = type;
  }

  /** The method of a service. */
  MethodDescriptor<byte[], byte[]> of(String service) {
    return MethodDescriptor.newBuilder(BYTES, BYTES)
        .setType(type)
        .setFullMethodName(service + "/" + path())
        .build();
  }

  private String path() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT).replace("_", "");
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
