// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client over HTTP/2 that reads nothing, to which nothing can be written: nobody else waits. */
@Timeout(60)
class ProxyUnreadTest {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int WINDOW_UPDATE = 8;
  private static final int END_STREAM_AND_HEADERS = 5;
  private static final int CALLS = 40;

  private final Flood flood = new Flood();
  private RawUpstream upstream;
  private Gate gate;
  private Socket unread;

  @BeforeEach
  void open() throws Exception {
    upstream = RawUpstream.of(this::serve);
    gate = Gate.to(upstream, service -> service.set("upstreamtimeout.firstbyte", "500ms"));
    unread = new Socket();
    unread.setReceiveBufferSize(4096);
    unread.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gate.port()));
    OutputStream out = unread.getOutputStream();
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    out.write(frame(SETTINGS, 0, 0, new byte[] {0, 4, 0x7f, -1, -1, -1})); // any number of bytes
    out.write(frame(WINDOW_UPDATE, 0, 0, new byte[] {0x7f, (byte) 0xf0, 0, 0}));
    out.write(request(1, false, "/flood"));
    out.flush();
    AtomicLong before = new AtomicLong(-1);
    Awaitility.await()
        .pollInterval(500, TimeUnit.MILLISECONDS)
        .until(() -> flood.sent() > 0 && flood.sent() == before.getAndSet(flood.sent()));
  }

  @AfterEach
  void close() throws Exception {
    unread.close();
    gate.close();
    upstream.close();
  }

  private void serve(RawUpstream.Peer peer) throws Exception {
    String line = peer.readHead().get(0);
    if (line.contains("/flood")) {
      peer.write("HTTP/1.1 200 OK\r\n\r\n");
      flood.into(peer.socket);
    } else if (line.contains("/silent")) {
      peer.awaitEnd();
    } else if (line.contains("/ok")) {
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }
  }

  private static byte[] frame(int type, int flags, int stream, byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream frame = new DataOutputStream(bytes);
    frame.writeByte(0);
    frame.writeShort(body.length);
    frame.writeByte(type);
    frame.writeByte(flags);
    frame.writeInt(stream);
    frame.write(body);
    return bytes.toByteArray();
  }

  /** Without a table and without Huffman codes. */
  private static byte[] request(int stream, boolean grpc, String path) throws IOException {
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    fields.write(grpc ? 0x83 : 0x82); // POST or GET
    fields.write(0x86); // http
    fields.write(0x04);
    text(fields, path);
    fields.write(0x01);
    text(fields, "x");
    if (grpc) {
      fields.write(0x0f);
      fields.write(0x10);
      text(fields, "application/grpc");
      fields.write(0);
      text(fields, "te");
      text(fields, "trailers");
    }
    return frame(HEADERS, END_STREAM_AND_HEADERS, stream, fields.toByteArray());
  }

  private static void text(ByteArrayOutputStream to, String text) throws IOException {
    to.write(text.length());
    to.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void call(String path) throws IOException {
    for (int i = 1; i <= CALLS; i++) {
      unread.getOutputStream().write(request(1 + 2 * i, true, path));
    }
    unread.getOutputStream().flush();
    Awaitility.await().until(() -> upstream.connections.get() > CALLS);
  }

  private String get(String path) throws Exception {
    try (RawClient client = gate.connect()) {
      client.socket.setSoTimeout(PATIENCE_MILLIS);
      return client.head("GET " + path + " HTTP/1.1", "Host: x").readHead().get(0);
    }
  }

  @Test
  void keepsNoOtherClientWaitingByItsFailures() throws Exception {
    call("/close");
    assertTrue(get("/ok").startsWith("HTTP/1.1 200 "));
  }

  @Test
  void keepsNoOtherTimeFromBeingUp() throws Exception {
    call("/silent");
    assertTrue(get("/silent").startsWith("HTTP/1.1 504 "));
  }
}
