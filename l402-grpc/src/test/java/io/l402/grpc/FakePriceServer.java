// SPDX-License-Identifier: Apache-2.0
package io.l402.grpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A price server that reads and writes the messages by hand: it goes by the names and numbers of
 * aperture's interface, not by what our own proto says they are.
 */
final class FakePriceServer implements AutoCloseable {
  private static final MethodDescriptor<Question, Long> GET_PRICE =
      MethodDescriptor.<Question, Long>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("pricesrpc.Prices/GetPrice")
          .setRequestMarshaller(new Questions())
          .setResponseMarshaller(new Answers())
          .build();

  /** What it was asked. */
  record Question(String path, String httpRequestText) {}

  final List<Question> questions = new CopyOnWriteArrayList<>();

  /** Its prices in satoshi; what it throws is the status it answers with. */
  volatile Function<Question, Long> price = question -> 1L;

  private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();
  private volatile boolean silent;
  private final Server server;

  private FakePriceServer(int port, ServerCredentials credentials) {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port), credentials)
            .addService(
                ServerServiceDefinition.builder("pricesrpc.Prices")
                    .addMethod(GET_PRICE, ServerCalls.asyncUnaryCall(this::getPrice))
                    .build())
            .build();
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FakePriceServer start() {
    return new FakePriceServer(0, InsecureServerCredentials.create());
  }

  /** One where another was. */
  static FakePriceServer startOn(int port) {
    return new FakePriceServer(port, InsecureServerCredentials.create());
  }

  static FakePriceServer startTls(TestCertificate certificate) throws IOException {
    return new FakePriceServer(
        0,
        TlsServerCredentials.create(
            certificate.certificate().toFile(), certificate.key().toFile()));
  }

  int port() {
    return server.getPort();
  }

  /** From now on it takes questions and keeps its answers to itself. */
  void fallSilent() {
    silent = true;
  }

  /** How many wait for an answer. */
  int unanswered() {
    return held.size();
  }

  /** Says all that it has kept to itself. */
  void speak() {
    silent = false;
    for (Runnable answer = held.poll(); answer != null; answer = held.poll()) {
      answer.run();
    }
  }

  private void getPrice(Question question, StreamObserver<Long> answer) {
    questions.add(question);
    if (silent) {
      held.add(() -> answer(question, answer));
    } else {
      answer(question, answer);
    }
  }

  private void answer(Question question, StreamObserver<Long> answer) {
    try {
      answer.onNext(price.apply(question));
      answer.onCompleted();
    } catch (RuntimeException e) {
      answer.onError(Status.fromThrowable(e).asRuntimeException());
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Questions implements MethodDescriptor.Marshaller<Question> {
    @Override
    public InputStream stream(Question value) {
      throw new AssertionError("this end reads questions");
    }

    @Override
    public Question parse(InputStream stream) {
      try {
        CodedInputStream in = CodedInputStream.newInstance(stream);
        String path = "";
        String text = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
          switch (tag) {
            case 1 << 3 | 2 -> path = in.readStringRequireUtf8();
            case 2 << 3 | 2 -> text = in.readStringRequireUtf8();
            default -> throw new AssertionError("field with tag " + tag);
          }
        }
        return new Question(path, text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Answers implements MethodDescriptor.Marshaller<Long> {
    @Override
    public InputStream stream(Long value) {
      try {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeInt64(1, value);
        out.flush();
        return new ByteArrayInputStream(bytes.toByteArray());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Long parse(InputStream stream) {
      throw new AssertionError("this end writes answers");
    }
  }
}
