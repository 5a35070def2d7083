// SPDX-License-Identifier: Apache-2.0
package io.l402.it.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What gRPC carries, through the proxy and paid for. */
public abstract class GrpcCallCases extends GrpcCase {
  @Test
  void carriesOneMessageEachWay() {
    assertEquals("hello \u2602", paid.echo("hello \u2602"));
  }

  @Test
  void carriesAnEmptyMessage() {
    assertEquals("", paid.echo(""));
  }

  @Test
  void carriesEightMegabytesEachWay() {
    byte[] message = new byte[8 << 20];
    new Random(1).nextBytes(message);
    assertArrayEquals(message, paid.unary(GrpcMethod.ECHO, message));
  }

  @Test
  void carriesMetadataBothWays() {
    Metadata metadata = new Metadata();
    metadata.put(MetadataMirror.TEXT, "some text");
    metadata.put(MetadataMirror.DATA, new byte[] {0, 1, (byte) 200});
    AtomicReference<Metadata> headers = new AtomicReference<>();
    AtomicReference<Metadata> trailers = new AtomicReference<>();
    GrpcCaller caller = paid.with(metadata);
    ClientCalls.blockingUnaryCall(
        ClientInterceptors.intercept(
            caller.channel(), MetadataUtils.newCaptureMetadataInterceptor(headers, trailers)),
        GrpcMethod.ECHO.of("it.Paid"),
        GrpcCaller.patient(),
        new byte[3]);
    assertEquals("some text", headers.get().get(MetadataMirror.TEXT));
    assertArrayEquals(new byte[] {0, 1, (byte) 200}, headers.get().get(MetadataMirror.DATA));
    assertEquals("end", trailers.get().get(MetadataMirror.TRAIL));
  }

  @Test
  void keepsTheTokenFromTheUpstream() {
    paid.echo("x");
    assertFalse(upstream.mirror().seen().containsKey(GrpcCaller.AUTHORIZATION));
  }

  @Test
  void carriesAnErrorWithItsDetails() {
    StatusRuntimeException error =
        assertThrows(StatusRuntimeException.class, () -> paid.unary(GrpcMethod.FAIL, new byte[1]));
    assertEquals(Status.Code.INVALID_ARGUMENT, error.getStatus().getCode());
    assertEquals(GrpcUpstream.COMPLAINT, error.getStatus().getDescription());
    assertNotNull(error.getTrailers());
    assertArrayEquals(GrpcUpstream.DETAILS, error.getTrailers().get(MetadataMirror.DETAILS));
    assertEquals("end", error.getTrailers().get(MetadataMirror.TRAIL));
  }

  @Test
  void carriesAnErrorBehindAMessage() {
    Iterator<byte[]> answers = paid.serverStream(GrpcMethod.FAIL_LATE, "first");
    assertEquals("first", new String(answers.next(), UTF_8));
    StatusRuntimeException error = assertThrows(StatusRuntimeException.class, answers::hasNext);
    assertEquals(Status.Code.ABORTED, error.getStatus().getCode());
    assertNotNull(error.getTrailers());
    assertArrayEquals(GrpcUpstream.DETAILS, error.getTrailers().get(MetadataMirror.DETAILS));
  }

  @Test
  void carriesFiveHundredMessagesUp() throws Exception {
    Inbox inbox = new Inbox();
    StreamObserver<byte[]> out = paid.clientStream(GrpcMethod.COUNT, inbox);
    for (int i = 0; i < 500; i++) {
      out.onNext(new byte[1_000]);
    }
    out.onCompleted();
    assertEquals("500", inbox.next());
    assertEquals(Status.Code.OK, inbox.end().getCode());
  }

  @Test
  void showsEachMessageOfTheServerWhenItIsSent() throws Exception {
    Inbox inbox = new Inbox();
    paid.serverStream(GrpcMethod.FOLLOW, inbox);
    StreamObserver<byte[]> out = upstream.nextStream();
    for (int i = 0; i < 10; i++) {
      out.onNext(("event " + i).getBytes(UTF_8));
      assertEquals("event " + i, inbox.next());
    }
    out.onCompleted();
    assertEquals(Status.Code.OK, inbox.end().getCode());
  }

  @Test
  void endsACallThatTheServerRefusesWhileItIsSent() throws Exception {
    Inbox inbox = new Inbox();
    paid.clientStream(GrpcMethod.REFUSE, inbox).onNext(new byte[1_000]);
    Status end = inbox.end();
    assertEquals(Status.Code.RESOURCE_EXHAUSTED, end.getCode());
    assertEquals("enough", end.getDescription());
  }

  @Test
  void talksInTurn() throws Exception {
    talk(paid, 50);
  }

  @Test
  void talksWithTwentyAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(20);
    List<Future<?>> talks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      talks.add(threads.submit(() -> talk(paid, 30)));
    }
    for (Future<?> talk : talks) {
      talk.get();
    }
    threads.shutdown();
  }

  /** Each message is sent when the answer to the one before is there. */
  static Void talk(GrpcCaller caller, int turns) throws InterruptedException {
    Inbox inbox = new Inbox();
    StreamObserver<byte[]> out = caller.chat(inbox);
    for (int i = 0; i < turns; i++) {
      out.onNext(("turn " + i).getBytes(UTF_8));
      assertEquals("turn " + i, inbox.next());
    }
    out.onCompleted();
    assertEquals(Status.Code.OK, inbox.end().getCode());
    return null;
  }

  @Test
  void givesAwayWhatIsFree() {
    try (GrpcCaller anybody = GrpcCaller.of(shop.port(), "it.Free")) {
      assertEquals("hello", anybody.echo("hello"));
    }
  }

  @Test
  void tellsWhatItCostsAndLetsInWhoPaid() {
    try (GrpcCaller anybody = GrpcCaller.of(shop.port(), "it.Paid")) {
      StatusRuntimeException refusal =
          assertThrows(
              StatusRuntimeException.class,
              () -> anybody.unary(GrpcMethod.ECHO, new byte[300_000]));
      assertEquals(Status.Code.INTERNAL, refusal.getStatus().getCode());
      assertEquals("payment required", refusal.getStatus().getDescription());
      String field = shop.pay(GrpcCaller.challenge(refusal));
      assertEquals("hello", anybody.withToken(field).echo("hello"));
    }
  }

  @Test
  void tellsWhatAStreamCosts() throws Exception {
    try (GrpcCaller anybody = GrpcCaller.of(shop.port(), "it.Paid")) {
      Inbox inbox = new Inbox();
      anybody.chat(inbox).onNext(new byte[10]);
      Status end = inbox.end();
      assertEquals("payment required", end.getDescription());
      assertTrue(upstream.canceled.get() == 0);
    }
  }
}
