// SPDX-License-Identifier: Apache-2.0
package io.l402.it.proxy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.l402.gate.AuthLevel;
import io.l402.it.Http2;
import io.l402.it.RawHttp;
import io.l402.it.RawResponse;
import io.l402.servlet.L402ConfigBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client sees when the upstream fails: never nothing, and never a whole answer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
public abstract class FailureCases {
  private static final int AT_ONCE = 8;
  private static final int SPARE_THREADS = 16;

  /** Those that take seconds are not in every round. */
  private static final int SLOW_ROUNDS = 8;

  /** A connection that was opened and then not needed is kept for half of this. */
  private static final Duration UNUSED = Duration.ofSeconds(60);

  private BrokenUpstream broken;
  private SocketUpstream garbage;
  private SocketUpstream silent;
  private SocketUpstream lying;
  private SocketUpstream closing;
  private ProxyShop shop;
  private Http2 http2;

  @BeforeAll
  void open() throws Exception {
    broken = new BrokenUpstream();
    garbage = BrokenUpstream.garbage();
    silent = BrokenUpstream.silent();
    lying = BrokenUpstream.lying();
    closing = BrokenUpstream.closing();
    int refusing = SocketUpstream.refusingPort();
    shop =
        ProxyShop.open(
            config -> {
              add(config, "broken", "http", broken.port(), "/broken/*");
              add(config, "refused", "http", refusing, "/refused/*");
              add(config, "lying", "h2c", lying.port(), "/lying/*");
              add(config, "grpc-refused", "h2c", refusing, "/it.Refused/*");
              add(config, "grpc-garbage", "h2c", garbage.port(), "/it.Garbage/*");
              add(config, "grpc-silent", "h2c", silent.port(), "/it.Silent/*");
              add(config, "grpc-closing", "h2c", closing.port(), "/it.Closing/*");
            });
    http2 = new Http2(shop.port());
  }

  private static void add(
      L402ConfigBuilder config, String name, String protocol, int port, String paths) {
    config.service(
        name,
        service ->
            service
                .paths(paths)
                .auth(AuthLevel.OFF)
                .set("address", "127.0.0.1:" + port)
                .set("protocol", protocol)
                .set("upstreamtimeout.firstbyte", "3s")
                .set("upstreamtimeout.idle", "3s"));
  }

  @AfterAll
  void close() {
    http2.close();
    shop.close();
    List.of(garbage, silent, lying, closing).forEach(SocketUpstream::close);
    broken.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/refused/x,502",
    "/broken/close,502",
    "/broken/reset,502",
    "/broken/garbage,502",
    "/broken/silent,504"
  })
  void saysThatThereIsNoAnswer(String target, int status) throws Exception {
    assertEquals(status, shop.get(target).status());
    assertEquals(status, http2.send(http2.request("GET", target)).response().getStatus());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"stalled", "stalled-chunks", "cut", "reset-within", "cut-chunks", "bad-chunk"})
  void breaksAnAnswerOff(String how) throws Exception {
    assertBroken(() -> shop.get("/broken/" + how).status());
    assertBroken(() -> http2.send(http2.request("GET", "/broken/" + how)).response().getStatus());
    // Whose answer could end with the connection, however that ends.
    assertBroken(() -> shop.get("/broken/" + how, "Connection: close").status());
  }

  /** What comes next on the connection would be taken for the rest. */
  @Test
  void passesOnNoAnswerThatIsShorterThanItSays() throws Exception {
    assertEquals(502, shop.get("/lying/x").status());
  }

  /** Nothing that looks complete; as long as nothing was sent yet, there is still a status. */
  private static void assertBroken(Callable<Integer> exchange) throws Exception {
    try {
      assertEquals(502, exchange.call());
    } catch (IOException | ExecutionException e) {
      return; // in the middle of the answer
    }
  }

  @Test
  void saysThatNobodyReadsTheBody() throws Exception {
    assertEquals(502, post("/broken/no-reader").status());
  }

  @Test
  void passesOnAnAnswerThatComesBeforeTheEndOfTheBody() throws Exception {
    RawResponse answer = post("/broken/too-large");
    assertEquals(413, answer.status());
    assertEquals("too large", answer.body());
  }

  /** Sends some of a long body, and then waits for the answer. */
  private RawResponse post(String target) throws IOException {
    try (RawHttp http = new RawHttp(shop.port())) {
      http.send(RawHttp.head("POST", target, "Content-Length: 16000000"));
      return http.send("y".repeat(2_000)).read(false);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"it.Refused", "it.Garbage", "it.Silent", "it.Closing"})
  void saysByGrpcThatThereIsNoAnswer(String service) {
    try (GrpcCaller caller = GrpcCaller.of(shop.port(), service)) {
      StatusRuntimeException failure =
          assertThrows(StatusRuntimeException.class, () -> caller.echo("hello"));
      assertEquals(Status.Code.UNAVAILABLE, failure.getStatus().getCode(), failure::toString);
    }
  }

  @Test
  void saysByGrpcThatTheUpstreamDied() throws Exception {
    GrpcUpstream upstream = new GrpcUpstream();
    try (ProxyShop other = ProxyShop.open(config -> ProxyShop.grpc(config, upstream.port()));
        GrpcCaller caller = GrpcCaller.of(other.port(), "it.Free")) {
      Inbox inbox = new Inbox();
      StreamObserver<byte[]> out = caller.chat(inbox);
      out.onNext("hello".getBytes(StandardCharsets.UTF_8));
      assertEquals("hello", inbox.next());
      upstream.close();
      assertEquals(Status.Code.UNAVAILABLE, inbox.end().getCode());
    }
  }

  /** Connections that were opened and then not needed are not waited for here. */
  @Test
  @Timeout(180)
  void leavesNothingBehindAfterTenRounds() throws Exception {
    leavesNothingBehind(10, AT_ONCE);
  }

  @Test
  @Tag("soak")
  @Timeout(600)
  void leavesNothingBehindAfterAThousandRounds() throws Exception {
    leavesNothingBehind(1_000, 0);
  }

  private void leavesNothingBehind(int rounds, int unused) throws Exception {
    fail(AT_ONCE);
    int threads = Thread.activeCount();
    fail(rounds);
    await()
        .atMost(UNUSED)
        .untilAsserted(
            () -> {
              assertTrue(broken.connections() <= unused, "connections are left open");
              assertEquals(0, garbage.connections() + closing.connections());
            });
    int now = Thread.activeCount();
    assertTrue(now <= threads + SPARE_THREADS, () -> now + " threads after " + threads);
  }

  private void fail(int rounds) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    try (GrpcCaller refused = GrpcCaller.of(shop.port(), "it.Refused");
        GrpcCaller garbled = GrpcCaller.of(shop.port(), "it.Garbage")) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        all.add(pool.submit(this::failOverHttp));
        if (i % SLOW_ROUNDS == 0) {
          all.add(pool.submit(this::failSlowly));
        }
        all.add(pool.submit(() -> assertThrows(Exception.class, () -> refused.echo("x"))));
        all.add(pool.submit(() -> assertThrows(Exception.class, () -> garbled.echo("x"))));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private Void failOverHttp() throws Exception {
    for (String target : List.of("/refused/x", "/broken/close", "/broken/garbage")) {
      assertEquals(502, shop.get(target).status());
    }
    for (String how : List.of("cut", "reset-within", "bad-chunk")) {
      assertBroken(() -> shop.get("/broken/" + how).status());
    }
    assertEquals(502, post("/broken/no-reader").status());
    assertEquals(413, post("/broken/too-large").status());
    return null;
  }

  private Void failSlowly() throws Exception {
    assertEquals(504, shop.get("/broken/silent").status());
    assertBroken(() -> shop.get("/broken/stalled").status());
    return null;
  }
}
