// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection over HTTP/2 to an upstream that went without a word: a machine that lost power. */
@Timeout(30)
class ProxyDeadConnectionTest {
  /** Connections up to this one carry nothing any more. */
  private final AtomicInteger lastDead = new AtomicInteger();

  private RawUpstream backend;
  private Gate upstream;
  private RawUpstream wire;
  private Gate gate;

  @BeforeEach
  void start() throws Exception {
    backend = RawUpstream.ok();
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
}
