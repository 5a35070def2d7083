// SPDX-License-Identifier: Apache-2.0
package io.l402.it.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.l402.it.Limit;
import io.l402.it.TestContainer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** How gRPC streams are held back, and broken off. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public abstract class GrpcFlowCases extends GrpcCase {
  /** What may be under way between one who sends and one who does not read. */
  private static final int IN_FLIGHT = 16 << 20;

  private static final int MESSAGES = 5_000;
  private static final int ROUNDS = 5;
  private static final int OTHERS = 200;

  /** What HTTP/2 lets a server send to a client that makes no room. */
  private static final int DEFAULT_WINDOW = 65_535;

  static void assumeNot(Limit limit) {
    TestContainer container = TestContainer.current();
    assumeFalse(container.limits().contains(limit), container.name() + ": " + limit);
  }

  /**
   * It should take a second; a machine that is busy with other things takes longer. What the case
   * before left behind may be told of late, and counts as well.
   */
  private void awaitCanceled(int count) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertEquals(count, upstream.canceled.get()));
  }

  @Test
  void tellsTheUpstreamThatAStreamWasCanceled() throws Exception {
    assumeNot(Limit.SILENT_CANCELLATION);
    Inbox inbox = new Inbox();
    ClientCall<byte[], byte[]> call = paid.serverStream(GrpcMethod.FOLLOW, inbox);
    upstream.nextStream().onNext("first".getBytes(UTF_8));
    assertEquals("first", inbox.next());
    call.cancel("enough", null);
    awaitCanceled(1);
  }

  @Test
  void tellsTheUpstreamThatACallWithoutAnAnswerWasCanceled() throws Exception {
    assumeNot(Limit.SILENT_CANCELLATION);
    ClientCall<byte[], byte[]> call = paid.serverStream(GrpcMethod.FOLLOW, new Inbox());
    awaitBegun();
    call.cancel("enough", null);
    awaitCanceled(1);
  }

  @Test
  void tellsTheUpstreamThatATalkWasCanceled() throws Exception {
    assumeNot(Limit.SILENT_CANCELLATION);
    Inbox inbox = new Inbox();
    ClientCall<byte[], byte[]> call = paid.call(GrpcMethod.CHAT);
    StreamObserver<byte[]> out = ClientCalls.asyncBidiStreamingCall(call, inbox);
    out.onNext("hello".getBytes(UTF_8));
    assertEquals("hello", inbox.next());
    call.cancel("enough", null);
    awaitCanceled(1);
  }

  @Test
  void tellsTheUpstreamThatAFloodWasCanceled() throws Exception {
    assumeNot(Limit.SILENT_CANCELLATION);
    Gauge gauge = new Gauge();
    ClientCall<byte[], byte[]> call = paid.call(GrpcMethod.FLOOD);
    gauge.start(call);
    send(call, Integer.toString(MESSAGES));
    gauge.awaitReceived(1);
    call.cancel("enough", null);
    awaitCanceled(1);
  }

  /** As clients do that are still being sent something. Each has a connection of its own. */
  @Test
  void tellsTheUpstreamOfClientsThatCancelTwice() throws Exception {
    assumeNot(Limit.SILENT_CANCELLATION);
    for (int i = 1; i <= ROUNDS; i++) {
      try (RawHttp2Stream flood = rawCall(GrpcMethod.FLOOD)) {
        flood.send(Integer.toString(MESSAGES).getBytes(UTF_8), true);
        flood.read(DEFAULT_WINDOW);
        flood.cancel(2);
        awaitCanceled(i);
      }
    }
  }

  /** A container may use what belonged to a call for the next one while it is still written to. */
  @Test
  void givesNothingOfCanceledCallsToOthers() throws Exception {
    assumeNot(Limit.SILENT_CANCELLATION);
    for (int i = 1; i <= OTHERS; i++) {
      try (RawHttp2Stream flood = rawCall(GrpcMethod.FLOOD)) {
        flood.send(Integer.toString(MESSAGES).getBytes(UTF_8), true);
        flood.read(DEFAULT_WINDOW);
        flood.cancel(1);
      }
    }
    awaitCanceled(OTHERS);
  }

  @Test
  void tellsTheUpstreamOfClientsThatCancelTwiceInSilence() throws Exception {
    assumeNot(Limit.SILENT_CANCELLATION);
    for (int i = 1; i <= ROUNDS; i++) {
      try (RawHttp2Stream silent = rawCall(GrpcMethod.FOLLOW)) {
        silent.send(new byte[1], true);
        awaitBegun();
        silent.cancel(2);
        awaitCanceled(i);
      }
    }
  }

  /** What there is of it must not be taken for all. */
  @Test
  void tellsTheUpstreamOfUploadsThatAreCanceledTwice() throws Exception {
    for (int i = 1; i <= ROUNDS; i++) {
      try (RawHttp2Stream talk = rawCall(GrpcMethod.CHAT)) {
        talk.send("hello".getBytes(UTF_8), false);
        talk.read(1);
        talk.cancel(2);
        awaitCanceled(i);
      }
    }
    assertEquals(0, upstream.ended.get());
  }

  private RawHttp2Stream rawCall(GrpcMethod method) throws IOException {
    RawHttp2Stream stream = new RawHttp2Stream(shop.port());
    stream.call("/" + method.of("it.Paid").getFullMethodName(), token);
    return stream;
  }

  /**
   * Until the container has let go of the call as well: Jetty says nothing of a client that cancels
   * in the moment in which a thread of Jetty's own is at work for it.
   */
  private void awaitBegun() throws InterruptedException {
    upstream.nextStream();
    paid.echo("another");
  }

  @Test
  void tellsTheUpstreamHowLongTheClientWaits() throws Exception {
    CallOptions soon = CallOptions.DEFAULT.withDeadlineAfter(2, TimeUnit.SECONDS);
    Inbox inbox = new Inbox();
    ClientCalls.asyncServerStreamingCall(paid.call(GrpcMethod.FOLLOW, soon), new byte[1], inbox);
    upstream.nextStream();
    assertNotNull(upstream.mirror().deadline());
    assertEquals(Status.Code.DEADLINE_EXCEEDED, inbox.end().getCode());
    awaitCanceled(1);
  }

  @Test
  void tellsTheClientThatTheUpstreamBrokeOff() throws Exception {
    Inbox inbox = new Inbox();
    paid.serverStream(GrpcMethod.FOLLOW, inbox);
    ServerCallStreamObserver<byte[]> out = upstream.nextStream();
    out.onNext("first".getBytes(UTF_8));
    assertEquals("first", inbox.next());
    out.onError(Status.CANCELLED.withDescription("no more").asRuntimeException());
    Status end = inbox.end();
    assertEquals(Status.Code.CANCELLED, end.getCode());
    assertEquals("no more", end.getDescription());
  }

  @Test
  void holdsTheUpstreamBackWhenTheClientDoesNotRead() throws Exception {
    Gauge gauge = new Gauge();
    ClientCall<byte[], byte[]> call = paid.call(GrpcMethod.FLOOD);
    gauge.start(call);
    send(call, Integer.toString(MESSAGES));
    gauge.awaitReceived(1);
    long held = Gauge.settled(upstream::flooded) * GrpcUpstream.FLOOD_BYTES;
    assertTrue(held <= IN_FLIGHT, () -> held + " bytes are under way");
    call.request(Integer.MAX_VALUE);
    assertEquals(Status.Code.OK, gauge.end().getCode());
    assertEquals(MESSAGES, gauge.received());
  }

  private static void send(ClientCall<byte[], byte[]> call, String message) {
    call.sendMessage(message.getBytes(UTF_8));
    call.halfClose();
  }

  @Test
  void holdsTheClientBackWhenTheUpstreamDoesNotRead() throws Exception {
    Gauge gauge = new Gauge(MESSAGES, GrpcUpstream.FLOOD_BYTES);
    ClientCall<byte[], byte[]> call = paid.call(GrpcMethod.SINK);
    gauge.start(call);
    ServerCallStreamObserver<byte[]> out = upstream.nextStream();
    long held = Gauge.settled(gauge::sent) * GrpcUpstream.FLOOD_BYTES;
    assertTrue(held <= IN_FLIGHT, () -> held + " bytes are under way");
    assertEquals(0, upstream.sunk.get());
    out.request(MESSAGES + 1);
    assertEquals(Status.Code.OK, gauge.end().getCode());
    assertEquals(MESSAGES, upstream.sunk.get());
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void goesOnAfterACanceledUpload() throws Exception {
    assumeNot(Limit.CANCELED_UPLOAD_HANGS);
    Gauge gauge = new Gauge(MESSAGES, GrpcUpstream.FLOOD_BYTES);
    ClientCall<byte[], byte[]> call = paid.call(GrpcMethod.SINK);
    gauge.start(call);
    upstream.nextStream();
    Gauge.settled(gauge::sent);
    call.cancel("enough", null);
    awaitCanceled(1);
    assertEquals("hello", paid.echo("hello"));
    assertFalse(upstream.hasStream());
  }
}
