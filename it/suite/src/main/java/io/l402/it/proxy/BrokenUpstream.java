// SPDX-License-Identifier: Apache-2.0
package io.l402.it.proxy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** An upstream of HTTP/1.1 that fails; the last segment of the path says how. */
final class BrokenUpstream implements AutoCloseable {
  private static final String SOME = "x".repeat(1_000);

  private static final int PREFACE = 24;
  private static final int HEADERS = 1;
  private static final int FLAGS_AND_STREAM = 5;

  /** An empty frame of settings. */
  private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};

  /** The head of the first answer: 200, a content-length of 100, and that nothing follows. */
  private static final byte[] HUNDRED_BYTES = {
    0, 0, 7, 1, 5, 0, 0, 0, 1, (byte) 0x88, 0x0f, 0x0d, 3, '1', '0', '0'
  };

  private final SocketUpstream server = new SocketUpstream(SocketCall.serving(this::serve));

  BrokenUpstream() throws IOException {}

  /** An upstream of HTTP/2 that says something that is none. */
  static SocketUpstream garbage() throws IOException {
    return new SocketUpstream(
        socket -> {
          socket.getInputStream().read();
          socket
              .getOutputStream()
              .write("who are you?\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          socket.getOutputStream().flush();
          socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
  }

  /** An upstream that says nothing at all. */
  static SocketUpstream silent() throws IOException {
    return new SocketUpstream(
        socket -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()));
  }

  /** An upstream that hangs up when it is spoken to. */
  static SocketUpstream closing() throws IOException {
    return new SocketUpstream(socket -> socket.getInputStream().read());
  }

  /** An upstream of HTTP/2 that announces a hundred bytes to each connection, and sends none. */
  static SocketUpstream lying() throws IOException {
    return new SocketUpstream(
        socket -> {
          socket.getOutputStream().write(SETTINGS);
          awaitRequest(new DataInputStream(socket.getInputStream()));
          socket.getOutputStream().write(HUNDRED_BYTES);
          socket.getOutputStream().flush();
          socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
  }

  private static void awaitRequest(DataInputStream in) throws IOException {
    in.skipNBytes(PREFACE);
    int type = -1;
    while (type != HEADERS) {
      int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
      type = in.readUnsignedByte();
      in.skipNBytes(FLAGS_AND_STREAM + length);
    }
  }

  int port() {
    return server.port();
  }

  int connections() {
    return server.connections();
  }

  private void serve(SocketCall call) throws IOException {
    switch (call.name()) {
      case "close" -> call.close();
      case "reset" -> call.reset();
      case "garbage" -> end(call, "who are you?\r\n\r\n");
      case "silent" -> call.silence();
      case "stalled" -> {
        begin(call);
        call.silence();
      }
      case "stalled-chunks" -> {
        call.send(chunks("3e8\r\n" + SOME + "\r\n"));
        call.silence();
      }
      case "cut" -> {
        begin(call);
        call.close();
      }
      case "reset-within" -> {
        begin(call);
        call.reset();
      }
      case "cut-chunks" -> end(call, chunks("3e8\r\n" + SOME));
      case "bad-chunk" -> end(call, chunks("3e8\r\n" + SOME + "\r\nzz\r\n"));
      case "no-reader" -> {
        call.copy(1_000, OutputStream.nullOutputStream());
        call.close();
      }
      case "too-large" -> {
        call.answer(413, "too large", "Connection: close");
        call.silence();
      }
      default -> call.answer(404, "nothing");
    }
  }

  private static void begin(SocketCall call) throws IOException {
    call.head(200, "Content-Length: 100000");
    call.send(SOME);
  }

  private static String chunks(String body) {
    return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body;
  }

  private static void end(SocketCall call, String text) throws IOException {
    call.send(text);
    call.close();
  }

  @Override
  public void close() {
    server.close();
  }
}
