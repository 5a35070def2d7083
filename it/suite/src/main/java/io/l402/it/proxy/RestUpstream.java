// SPDX-License-Identifier: Apache-2.0
package io.l402.it.proxy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An application that speaks HTTP/1.1; the last segment of the path says what it does. */
final class RestUpstream implements AutoCloseable {
  private static final String WEBSOCKET = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final String GOODS = "0123456789";
  private static final int TEXT = 0x81;
  private static final int CLOSE = 0x88;
  private static final long PATIENCE_SECONDS = 30;

  /** How many requests have come in. */
  final AtomicInteger calls = new AtomicInteger();

  /** What {@code events} sends, until it is told to end. */
  final BlockingQueue<Optional<String>> events = new LinkedBlockingQueue<>();

  /** A permit for each byte that {@code trailers} has read. */
  final Semaphore bytes = new Semaphore(0);

  private final SocketUpstream server = new SocketUpstream(SocketCall.serving(this::serve));

  RestUpstream() throws IOException {}

  int port() {
    return server.port();
  }

  int connections() {
    return server.connections();
  }

  private void serve(SocketCall call) throws IOException {
    calls.incrementAndGet();
    switch (call.name()) {
      case "hello" -> call.answer(200, "hello");
      case "sum" -> sum(call);
      case "bytes" -> bytes(call);
      case "trailers" -> trailers(call);
      case "events" -> events(call);
      case "deaf-events" -> deafEvents(call);
      case "range" -> range(call);
      case "same" -> call.head(304, "ETag: \"1\"");
      case "none" -> call.head(204);
      case "fields" -> call.answer(200, String.join("\n", call.fields()));
      case "socket" -> upgrade(call, CLOSE);
      case "fickle-socket" -> upgrade(call, TEXT);
      default -> call.answer(404, "nothing");
    }
  }

  private static void sum(SocketCall call) throws IOException {
    Sum sum = new Sum();
    call.readBody(sum);
    call.answer(200, sum.toString());
  }

  private static void bytes(SocketCall call) throws IOException {
    call.head(200, "Content-Length: " + call.number());
    Sum.write(call.number(), call.out());
  }

  /** Says in the body what trailers came, and in a trailer how long the body was. */
  private void trailers(SocketCall call) throws IOException {
    bytes.drainPermits();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    call.readBody(new Announced(body));
    call.head(200, "Transfer-Encoding: chunked", "Trailer: X-Checksum");
    call.chunk(String.join(",", call.trailers()));
    call.lastChunk("X-Checksum: " + body.size());
  }

  private final class Announced extends FilterOutputStream {
    Announced(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      super.write(b);
      bytes.release();
    }
  }

  private void events(SocketCall call) throws IOException {
    call.head(200, "Content-Type: text/event-stream", "Transfer-Encoding: chunked");
    for (Optional<String> next = event(); next.isPresent(); next = event()) {
      call.chunk("data: " + next.get() + "\n\n");
    }
    call.lastChunk();
  }

  /** Nothing of the request's body is read, so nothing can come behind it. */
  private void deafEvents(SocketCall call) throws IOException {
    events(call);
    call.close();
  }

  private Optional<String> event() throws IOException {
    try {
      Optional<String> next = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return next == null ? Optional.empty() : next;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void range(SocketCall call) throws IOException {
    if (call.field("Range").filter("bytes=2-5"::equals).isPresent()) {
      call.answer(206, GOODS.substring(2, 6), "Content-Range: bytes 2-5/10");
    } else {
      call.answer(200, GOODS, "Accept-Ranges: bytes");
    }
  }

  /** Hangs up behind a frame of some kind. */
  private static void upgrade(SocketCall call, int last) throws IOException {
    String key = call.field("Sec-WebSocket-Key").orElse("");
    String accept = "Sec-WebSocket-Accept: " + accepted(key);
    call.head(101, "Upgrade: websocket", "Connection: Upgrade", accept);
    echoFrames(call, last);
    call.close();
  }

  private static String accepted(String key) {
    try {
      byte[] text = (key + WEBSOCKET).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives back each small frame without its mask, one of some kind as the last. */
  private static void echoFrames(SocketCall call, int last) throws IOException {
    DataInputStream in = new DataInputStream(call.in());
    int opcode = 0;
    while (opcode != last) {
      opcode = in.readUnsignedByte();
      byte[] payload = new byte[in.readUnsignedByte() & 0x7f];
      byte[] mask = in.readNBytes(4);
      in.readFully(payload);
      for (int i = 0; i < payload.length; i++) {
        payload[i] ^= mask[i % 4];
      }
      call.out().write(new byte[] {(byte) opcode, (byte) payload.length});
      call.out().write(payload);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
