// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection over HTTP/2 to an upstream that goes without a word: a machine that loses power. */
@Timeout(30)
class ProxyDeadConnectionTest {
  /** Connections up to this one carry nothing any more. */
  private final AtomicInteger lastDead = new AtomicInteger();

  /** With a permit for each answer that may come to its end. */
  private final List<Semaphore> toGoOn = Stream.generate(() -> new Semaphore(0)).limit(5).toList();

  private RawUpstream backend;
  private Gate upstream;
  private RawUpstream wire;
  private Gate gate;

  @BeforeEach
  void start() throws Exception {
    backend = RawUpstream.of(this::answer);
    upstream = Gate.to(backend);
    wire = RawUpstream.of(this::carry);
    gate =
        Gate.to(
            wire.address(), "h2c", service -> service.set("upstreamtimeout.firstbyte", "500ms"));
  }

  @AfterEach
  void stop() {
    gate.close();
    wire.close();
    upstream.close();
    backend.close();
  }

  private void answer(RawUpstream.Peer peer) throws Exception {
    while (true) {
      String request = peer.readHead().get(0);
      if (request.startsWith("GET /silent ")) {
        peer.awaitEnd();
        return;
      }
      peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n");
      if (!request.startsWith("GET / ")) {
        toGoOn.get(request.charAt("GET /".length()) - '0').acquire();
      }
      peer.write("4\r\nlast\r\n0\r\n\r\n");
    }
  }

  private void carry(RawUpstream.Peer peer) throws IOException {
    int number = wire.connections.get();
    try (Socket far = new Socket(InetAddress.getLoopbackAddress(), upstream.port())) {
      Thread back = new Thread(() -> copyQuietly(number, far, peer.socket));
      back.setDaemon(true);
      back.start();
      copy(number, peer.socket, far);
    }
  }

  private void copyQuietly(int number, Socket from, Socket to) {
    try {
      copy(number, from, to);
    } catch (IOException e) {
      // The other direction has ended.
    }
  }

  private void copy(int number, Socket from, Socket to) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] buffer = new byte[8192];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (number > lastDead.get()) {
        out.write(buffer, 0, read);
      }
    }
  }

  private void assertStatus(int status) throws IOException {
    String answer = gate.get("/");
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
  }

  @Test
  void isNotUsedAgainAfterARequestThatWaitedInVain() throws Exception {
    assertStatus(200);
    assertStatus(200);
    assertEquals(1, wire.connections.get(), "one connection is enough");
    lastDead.set(1);
    assertStatus(504);
    assertStatus(200);
    assertStatus(200);
    assertEquals(2, wire.connections.get());
  }

  /** What is only slow must not end what is not. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void carriesToTheEndWhatElseIsUnderWay(int others) throws Exception {
    assertStatus(200);
    List<RawClient> clients = new ArrayList<>();
    List<String> head = List.of();
    for (int i = 0; i < others; i++) {
      clients.add(gate.connect().head("GET /" + i + " HTTP/1.1", "Host: x"));
      head = clients.get(i).readHead();
      assertEquals("HTTP/1.1 200 OK", head.get(0));
    }
    assertTrue(gate.get("/silent").startsWith("HTTP/1.1 504 "));
    assertStatus(200);
    assertEquals(2, wire.connections.get());
    for (int i = 0; i < others; i++) {
      toGoOn.get(i).release();
      assertEquals("firstlast", RawClient.readBody(clients.get(i).in, head));
      clients.get(i).close();
    }
  }
}
