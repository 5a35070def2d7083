// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.servlet.L402Config;
import io.l402.testkit.FakeLightning;
import java.io.ByteArrayOutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies, both ways. */
@Timeout(60)
class ProxyBodyTest {
  @Test
  void sendsABodyOfKnownLengthWithItsLength() throws Exception {
    try (RawUpstream upstream = RawUpstream.of(ProxyBodyTest::echo);
        Gate gate = Gate.to(upstream);
        RawClient client = gate.connect()) {
      client.head("POST / HTTP/1.1", "Host: x", "Content-Length: 5", "Connection: close");
      assertTrue(client.write("hello").readAll().endsWith("[hello]"));
      var head = upstream.head();
      assertEquals("5", RawClient.value(head, "Content-Length"));
      assertNull(RawClient.value(head, "Transfer-Encoding"));
    }
  }

  @Test
  void sendsABodyInChunksWithItsTrailers() throws Exception {
    try (RawUpstream upstream = RawUpstream.of(ProxyBodyTest::echo);
        Gate gate = Gate.to(upstream);
        RawClient client = gate.connect()) {
      client.head(
          "POST / HTTP/1.1",
          "Host: x",
          "Transfer-Encoding: chunked",
          "Trailer: X-Sum",
          "Connection: close");
      client.write("3\r\nabc\r\n2\r\nde\r\n0\r\nX-Sum: 7\r\nL402-Tier: 9\r\n\r\n");
      String answer = client.readAll();
      assertTrue(answer.endsWith("[abcde|x-sum: 7]"), answer);
    }
  }

  private static void echo(RawUpstream.Peer peer) throws Exception {
    String body = "[" + peer.readRequest() + "]";
    peer.write("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
  }

  @Test
  void sendsEmptyPostsAsSuch() throws Exception {
    try (RawUpstream upstream = RawUpstream.of(ProxyBodyTest::echo);
        Gate gate = Gate.to(upstream)) {
      gate.exchange("POST / HTTP/1.1", "Host: x", "Content-Length: 0", "Connection: close");
      assertEquals("0", RawClient.value(upstream.head(), "Content-Length"));
    }
  }

  @Test
  void breaksOffTowardsTheUpstreamWhenTheClientBreaksOff() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (RawUpstream upstream =
            RawUpstream.of(
                peer -> {
                  peer.readHead();
                  peer.awaitEnd();
                  ended.countDown();
                });
        Gate gate = Gate.to(upstream)) {
      try (RawClient client = gate.connect()) {
        client.head("POST / HTTP/1.1", "Host: x", "Content-Length: 100").write("abc");
        upstream.head();
      }
      assertTrue(ended.await(1, TimeUnit.SECONDS), "the upstream was left waiting");
    }
  }

  @Test
  void asksForTheBodyOfAPaidRequestOnly() throws Exception {
    try (FakeLightning node = FakeLightning.create();
        RawUpstream upstream = RawUpstream.of(ProxyBodyTest::echo)) {
      L402Config config =
          Gate.config(upstream.address(), "http", it -> it.set("auth", "on"))
              .simulatedBackend(node)
              .build();
      try (Gate gate = Gate.of(config, "/", "/*");
          RawClient client = gate.connect()) {
        client.head("POST / HTTP/1.1", "Host: x", "Content-Length: 5", "Expect: 100-continue");
        assertTrue(client.readHead().get(0).startsWith("HTTP/1.1 402 "));
        assertTrue(upstream.isUntouched());
      }
      try (Gate gate = Gate.to(upstream);
          RawClient client = gate.connect()) {
        client.head("POST / HTTP/1.1", "Host: x", "Content-Length: 5", "Expect: 100-continue");
        assertTrue(client.readHead().get(0).startsWith("HTTP/1.1 100 "));
        client.write("hello");
        assertTrue(client.readHead().get(0).startsWith("HTTP/1.1 200 "));
        assertEquals("[hello]", client.read(7));
        assertNull(RawClient.value(upstream.head(), "Expect"));
      }
    }
  }

  @Test
  void flushesEachEventOfAStream() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    try (RawUpstream upstream =
            RawUpstream.of(
                peer -> {
                  peer.readRequest();
                  peer.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
                  first.await(5, TimeUnit.SECONDS);
                  peer.write("data: 1\n\n");
                  second.await(5, TimeUnit.SECONDS);
                  peer.write("data: 2\n\n");
                });
        Gate gate = Gate.to(upstream);
        RawClient client = gate.connect()) {
      client.head("GET / HTTP/1.1", "Host: x", "Connection: close");
      client.socket.setSoTimeout(3_000);
      client.readHead(); // the head alone is flushed, too
      first.countDown();
      while (!client.readLine().equals("data: 1")) {
        // The size of the chunk.
      }
      second.countDown();
      assertTrue(client.readAll().contains("data: 2\n\n"));
    }
  }

  @Test
  void leavesCompressedBodiesAsTheyAre() throws Exception {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(new byte[1 << 20]);
    }
    String body = gzip.toString(StandardCharsets.ISO_8859_1);
    String head = "Content-Encoding: gzip\r\nContent-Length: " + body.length();
    try (RawUpstream upstream = RawUpstream.answering("HTTP/1.1 200 OK", head, "", body);
        Gate gate = Gate.to(upstream);
        RawClient client = gate.connect()) {
      client.head("GET / HTTP/1.1", "Host: x", "Accept-Encoding: br;q=0.5, gzip");
      List<String> answer = client.readHead();
      assertEquals("gzip", RawClient.value(answer, "Content-Encoding"));
      assertEquals(body, RawClient.readBody(client.in, answer));
      assertEquals("br;q=0.5, gzip", RawClient.value(upstream.head(), "Accept-Encoding"));
    }
  }

  @Test
  void relaysMoreThanMemoryHolds() throws Exception {
    long length = 300L << 20;
    byte[] block = new byte[1 << 16];
    try (RawUpstream upstream =
            RawUpstream.of(
                peer -> {
                  peer.readRequest();
                  peer.write("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
                  for (long sent = 0; sent < length; sent += block.length) {
                    peer.socket.getOutputStream().write(block);
                  }
                });
        Gate gate = Gate.to(upstream);
        RawClient client = gate.connect()) {
      client.head("GET / HTTP/1.1", "Host: x", "Connection: close").readHead();
      long read = 0;
      byte[] buffer = new byte[1 << 16];
      for (int n = client.in.read(buffer); n >= 0; n = client.in.read(buffer)) {
        read += n;
      }
      assertEquals(length, read);
    }
  }

  @Test
  void leavesWithTheUpstreamWhatTheClientDoesNotRead() throws Exception {
    Flood answer = new Flood();
    try (RawUpstream upstream = RawUpstream.flooding(answer);
        Gate gate = Gate.to(upstream);
        RawClient client = gate.connect()) {
      client.head("GET / HTTP/1.1", "Host: x").readHead();
      assertStalls(answer);
      client.socket.close();
      Awaitility.await().atMost(5, TimeUnit.SECONDS).until(() -> upstream.open() == 0);
    }
  }

  @Test
  void leavesWithTheClientWhatTheUpstreamDoesNotRead() throws Exception {
    Flood request = new Flood();
    try (RawUpstream upstream = RawUpstream.unwilling();
        Gate gate = Gate.to(upstream);
        RawClient client = gate.connect()) {
      client.head("POST / HTTP/1.1", "Host: x", "Content-Length: 1000000000");
      Thread sender = request.start(client.socket);
      assertStalls(request);
      client.socket.close();
      sender.join();
    }
  }

  /** Until half a second passes in which nothing moves; sockets hold a few megabytes each. */
  private static void assertStalls(Flood flood) {
    AtomicLong before = new AtomicLong(-1);
    Awaitility.await()
        .atMost(20, TimeUnit.SECONDS)
        .pollInterval(500, TimeUnit.MILLISECONDS)
        .until(() -> flood.sent() > 0 && before.getAndSet(flood.sent()) == flood.sent());
    assertTrue(flood.sent() < 32L << 20, "in flight: " + flood.sent());
  }

  @Test
  void answersEarlyWithoutReadingTheRest() throws Exception {
    try (RawUpstream upstream =
            RawUpstream.of(
                peer -> {
                  peer.readHead();
                  peer.write("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno");
                  peer.awaitEnd();
                });
        Gate gate = Gate.to(upstream);
        RawClient client = gate.connect()) {
      client.head("POST / HTTP/1.1", "Host: x", "Content-Length: 100000").write("abc");
      assertTrue(client.readHead().get(0).startsWith("HTTP/1.1 413 "));
      assertEquals("no", client.read(2));
      Awaitility.await().atMost(5, TimeUnit.SECONDS).until(() -> upstream.open() == 0);
    }
  }

  @Test
  void cancelsTheUpstreamWhenTheClientOfAStreamIsGone() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (RawUpstream upstream =
            RawUpstream.of(
                peer -> {
                  peer.readRequest();
                  peer.write("HTTP/1.1 200 OK\r\n\r\n");
                  try {
                    while (ended.getCount() > 0) {
                      peer.write("data: tick\n\n");
                      peer.socket.setSoTimeout(20);
                      try {
                        peer.in.read();
                      } catch (SocketTimeoutException e) {
                        continue;
                      }
                      break;
                    }
                  } finally {
                    ended.countDown();
                  }
                });
        Gate gate = Gate.to(upstream)) {
      try (RawClient client = gate.connect()) {
        client.head("GET / HTTP/1.1", "Host: x").readHead();
        client.readLine();
      }
      assertTrue(ended.await(1, TimeUnit.SECONDS), "the upstream went on");
    }
  }

  @Test
  void keepsConnectionsOnBothSides() throws Exception {
    try (RawUpstream upstream = RawUpstream.ok();
        Gate gate = Gate.to(upstream);
        RawClient client = gate.connect()) {
      for (int i = 0; i < 50; i++) {
        client.head("GET /" + i + " HTTP/1.1", "Host: x").readHead();
        assertEquals("ok", client.read(2));
      }
      assertTrue(upstream.connections.get() <= 3, "a connection each");
      assertFalse(upstream.isUntouched());
    }
  }

  /** A client may be somebody's cache: it must not take what it has for all. */
  @Test
  void breaksOffTheAnswerToARequestThatBreaks() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (RawUpstream upstream =
            RawUpstream.of(
                peer -> {
                  peer.readHead();
                  peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
                  over.await(10, TimeUnit.SECONDS);
                });
        Gate gate = Gate.to(upstream);
        RawClient client = gate.connect()) {
      client.head("POST / HTTP/1.1", "Host: x", "Transfer-Encoding: chunked");
      client.write("1\r\na\r\n");
      client.readHead();
      assertEquals("3", client.readLine());
      client.write("zz\r\n");
      String rest = client.readAll();
      assertFalse(rest.contains("\r\n0\r\n"), rest);
    } finally {
      over.countDown();
    }
  }
}
