// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients over HTTP/2, frame by frame, of an upstream that knows HTTP/1.1 only. */
@Timeout(30)
class ProxyHttp2Test {
  private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
  private final CountDownLatch gone = new CountDownLatch(1);
  private RawUpstream upstream;
  private Gate gate;

  @BeforeEach
  void start() throws Exception {
    upstream = RawUpstream.of(this::serve);
    gate = Gate.to(upstream);
  }

  /** Answers a request that has come to its end, unless it is one to be silent about. */
  private void serve(RawUpstream.Peer peer) throws Exception {
    while (true) {
      List<String> head = peer.readHead();
      if (head.get(0).startsWith("GET /silent ")) {
        peer.awaitEnd();
        gone.countDown();
        return;
      }
      bodies.add(RawClient.readBody(peer.in, head));
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }
  }

  @AfterEach
  void stop() {
    gate.close();
    upstream.close();
  }

  private Http2Call call(String method, String path, boolean end, Map<String, String> fields)
      throws Exception {
    return new Http2Call(
        gate.port(), method, "http://127.0.0.1:" + gate.port() + path, end, fields);
  }

  @Test
  void sendsABodyOfUnknownLengthInChunks() throws Exception {
    try (Http2Call call = call("POST", "/", false, Map.of())) {
      call.send("abc", true);
      assertEquals("200", call.next("head").text());
      assertEquals("abc", bodies.take());
      List<String> head = upstream.head();
      assertEquals("chunked", RawClient.value(head, "Transfer-Encoding"));
      assertNull(RawClient.value(head, "Content-Length"));
    }
  }

  @ParameterizedTest
  @CsvSource({"10,abc", "2,abc", "1,abc"})
  void neverCompletesABodyThatIsNotAsLongAsAnnounced(String length, String body) throws Exception {
    try (Http2Call call = call("POST", "/", false, Map.of("content-length", length))) {
      call.send(body, true);
      assertNotEquals("200", call.next().text());
      assertTrue(bodies.stream().noneMatch(body::equals), bodies::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "DELETE"})
  void neverForwardsALengthWithoutABody(String method) throws Exception {
    try (Http2Call call = call(method, "/", true, Map.of("content-length", "5"))) {
      assertNotEquals("200", call.next().text());
      assertTrue(bodies.isEmpty(), bodies::toString);
    }
  }

  @Test
  void refusesOtherExpectations() throws Exception {
    try (Http2Call call = call("GET", "/", true, Map.of("expect", "a-pony"))) {
      assertEquals("417", call.next("head").text());
      assertTrue(upstream.isUntouched());
    }
  }

  @Test
  void leavesTheAuthorityOfTheClientBehind() throws Exception {
    try (Http2Call call =
        new Http2Call(gate.port(), "GET", "http://evil.example/a", true, Map.of())) {
      assertEquals("200", call.next("head").text());
      List<String> head = upstream.head();
      assertEquals("GET /a HTTP/1.1", head.get(0));
      assertEquals(upstream.address(), RawClient.value(head, "Host"));
    }
  }

  @Test
  void cancelsTheUpstreamWhenTheClientDoesNotWaitForTheAnswer() throws Exception {
    try (Http2Call call = call("GET", "/silent", true, Map.of())) {
      upstream.head();
      call.cancel();
      assertTrue(gone.await(1, TimeUnit.SECONDS), "the upstream went on");
    }
  }

  @Test
  void speaksOfTrailersAsHttp1Does() throws Exception {
    try (Http2Call call = call("GET", "/", true, Map.of("te", "trailers"))) {
      call.next("head");
      List<String> head = upstream.head();
      assertEquals("trailers", RawClient.value(head, "TE"));
      assertEquals("TE", RawClient.value(head, "Connection"));
      assertEquals("2.0 l402-", RawClient.value(head, "Via").substring(0, 9));
    }
  }
}
