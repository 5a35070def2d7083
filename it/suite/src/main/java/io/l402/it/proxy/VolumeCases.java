// SPDX-License-Identifier: Apache-2.0
package io.l402.it.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ClientCall;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.l402.it.Http2;
import io.l402.it.Limit;
import io.l402.it.TestContainer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Volumes: all of them with {@code -Psoak}, a hundredth of them in every build. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(900)
public abstract class VolumeCases {
  private static final int CONNECTIONS = 16;
  private static final int AT_ONCE = 4;
  private static final int MESSAGE = 4 << 20;
  private static final long GIB = 1L << 30;
  private static final long HTTP2_BODY = 300_000_000;
  private static final int STREAMS_EACH = 100;
  private static final int MAX_THREADS = 50;

  private RestUpstream rest;
  private GrpcUpstream grpc;
  private ProxyShop shop;
  private GrpcCaller caller;

  @BeforeAll
  void open() throws Exception {
    rest = new RestUpstream();
    grpc = new GrpcUpstream();
    shop = ProxyShop.open(it -> ProxyShop.grpc(ProxyShop.rest(it, rest.port()), grpc.port()));
    caller = GrpcCaller.of(shop.port(), "it.Free");
  }

  @AfterAll
  void close() {
    caller.close();
    shop.close();
    rest.close();
    grpc.close();
  }

  @Test
  void keepsConnectionsAlive() throws Exception {
    keepAlive(1_000);
  }

  @Test
  @Tag("soak")
  void keepsConnectionsAliveForLong() throws Exception {
    keepAlive(100_000);
  }

  private void keepAlive(int requests) throws Exception {
    String token = shop.buy("/paid/hello");
    int each = requests / CONNECTIONS;
    Volume.repeat(CONNECTIONS, CONNECTIONS, () -> Volume.keepAlive(shop.port(), each, token));
  }

  @Test
  void losesNothingOfGrpc() throws Exception {
    losesNothingOfGrpc(AT_ONCE);
  }

  @Test
  @Tag("soak")
  void losesNothingOfMuchGrpc() throws Exception {
    losesNothingOfGrpc(100);
  }

  private void losesNothingOfGrpc(int times) throws Exception {
    Volume.repeat(times, AT_ONCE, this::echoes);
    Volume.repeat(times, AT_ONCE, this::counts);
    Volume.repeat(times, AT_ONCE, () -> GrpcCallCases.talk(caller, 50));
    if (!TestContainer.current().limits().contains(Limit.SILENT_CANCELLATION)) {
      grpc.forget();
      Volume.repeat(times, AT_ONCE, this::cancels);
      await().atMost(Duration.ofSeconds(10)).until(() -> grpc.canceled.get() == times);
    }
    assertEquals("hello", caller.echo("hello"));
  }

  private Void echoes() {
    byte[] message = new byte[MESSAGE];
    Arrays.fill(message, (byte) 7);
    assertArrayEquals(message, caller.unary(GrpcMethod.ECHO, message));
    return null;
  }

  private Void counts() throws Exception {
    Inbox inbox = new Inbox();
    StreamObserver<byte[]> out = caller.clientStream(GrpcMethod.COUNT, inbox);
    for (int i = 0; i < 500; i++) {
      out.onNext(new byte[1_000]);
    }
    out.onCompleted();
    assertEquals("500", inbox.next());
    return null;
  }

  /** On a connection of its own: containers take many cancellations on one for an attack. */
  private Void cancels() throws Exception {
    try (GrpcCaller fickle = GrpcCaller.of(shop.port(), "it.Free")) {
      Gauge gauge = new Gauge();
      ClientCall<byte[], byte[]> call = fickle.call(GrpcMethod.FLOOD);
      gauge.start(call);
      call.sendMessage("5000".getBytes(UTF_8));
      call.halfClose();
      gauge.awaitReceived(1);
      call.cancel("enough", null);
      assertEquals(Status.Code.CANCELLED, gauge.end().getCode());
      return null;
    }
  }

  @Test
  void carriesBodiesThatDoNotFitIntoMemory() throws Exception {
    carriesBodies(5 * GIB / 100);
  }

  @Test
  @Tag("soak")
  void carriesBodiesOfFiveGibibytes() throws Exception {
    carriesBodies(5 * GIB);
  }

  private void carriesBodies(long length) throws Exception {
    try (ProxyProcess proxy = ProxyProcess.start(rest.port(), grpc.port(), "-Xmx64m")) {
      Sum sent = new Sum();
      String arrived = Volume.upload(proxy.port(), length, sent);
      assertEquals(sent.toString(), arrived);
      assertEquals(sent.toString(), Volume.download(proxy.port(), length).toString());
    }
  }

  @Test
  void carriesBodiesOverHttp2() throws Exception {
    carriesBodiesOverHttp2(HTTP2_BODY / 100);
  }

  @Test
  @Tag("soak")
  void carriesBigBodiesOverHttp2() throws Exception {
    carriesBodiesOverHttp2(HTTP2_BODY);
  }

  private void carriesBodiesOverHttp2(long length) throws Exception {
    String sum = Sum.write(length, new Sum()).toString();
    try (Http2 http2 = new Http2(shop.port())) {
      assertEquals(sum, Volume.upload(http2, length));
      assertEquals(sum, Volume.download(http2, length).toString());
    }
  }

  @Test
  void opensManyStreams() throws Exception {
    opensStreams(20, 1);
  }

  @Test
  @Tag("soak")
  void opensTwoThousandStreams() throws Exception {
    opensStreams(2_000, 2_000 / STREAMS_EACH);
  }

  private void opensStreams(int streams, int connections) throws Exception {
    grpc.forget();
    try (ProxyProcess proxy = ProxyProcess.start(rest.port(), grpc.port())) {
      List<GrpcCaller> callers = new ArrayList<>();
      List<Inbox> inboxes = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        callers.add(GrpcCaller.of(proxy.port(), "it.Free"));
        for (int j = 0; j < streams / connections; j++) {
          inboxes.add(follow(callers.get(i)));
        }
      }
      answerAll(streams, inboxes, proxy);
      callers.forEach(GrpcCaller::close);
    }
  }

  private static Inbox follow(GrpcCaller caller) {
    Inbox inbox = new Inbox();
    caller.serverStream(GrpcMethod.FOLLOW, inbox);
    return inbox;
  }

  /** All are open at once, and each of them works. */
  private void answerAll(int streams, List<Inbox> inboxes, ProxyProcess proxy) throws Exception {
    List<StreamObserver<byte[]>> answers = new ArrayList<>();
    for (int i = 0; i < streams; i++) {
      answers.add(grpc.nextStream());
    }
    int threads = proxy.threads();
    assertTrue(threads <= MAX_THREADS, () -> threads + " threads");
    answers.forEach(answer -> answer.onNext("here".getBytes(UTF_8)));
    for (Inbox inbox : inboxes) {
      assertEquals("here", inbox.next());
    }
    answers.forEach(StreamObserver::onCompleted);
  }
}
