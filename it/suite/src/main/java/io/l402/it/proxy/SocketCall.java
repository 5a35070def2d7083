// SPDX-License-Identifier: Apache-2.0
package io.l402.it.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A request over HTTP/1.1 as it came in, and the means to answer it byte for byte. */
final class SocketCall {
  /** What is done with a request. */
  @FunctionalInterface
  interface Script {
    /** Answers; the body must have been read when the connection is to be used again. */
    void serve(SocketCall call) throws IOException;
  }

  private static final int BUFFER = 64 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String requestLine;
  private final List<String> fields;
  private List<String> trailers = List.of();

  private SocketCall(Socket socket, InputStream in, String requestLine) throws IOException {
    this.socket = socket;
    this.in = in;
    this.out = socket.getOutputStream();
    this.requestLine = requestLine;
    this.fields = lines(in);
  }

  /** Serves one request after the other, until the connection is closed. */
  static SocketUpstream.Script serving(Script script) {
    return socket -> {
      InputStream in = new BufferedInputStream(socket.getInputStream(), BUFFER);
      for (String line = line(in); !line.isEmpty() && !socket.isClosed(); line = line(in)) {
        script.serve(new SocketCall(socket, in, line));
      }
    };
  }

  private static List<String> lines(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      lines.add(line);
    }
    return lines;
  }

  /** A line without its end; empty at the end of everything. */
  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  String method() {
    return requestLine.split(" ")[0];
  }

  /** The last segment of the path. */
  String name() {
    String path = requestLine.split(" ")[1].split("\\?")[0];
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The number that stands behind the question mark. */
  long number() {
    return Long.parseLong(requestLine.split(" ")[1].split("\\?")[1]);
  }

  List<String> fields() {
    return fields;
  }

  Optional<String> field(String name) {
    return fields.stream()
        .filter(it -> it.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(it -> it.substring(name.length() + 1).strip())
        .findFirst();
  }

  /** The body and what came behind it. */
  InputStream in() {
    return in;
  }

  /** Reads the body, whatever its length. */
  void readBody(OutputStream to) throws IOException {
    if (field("Transfer-Encoding").isPresent()) {
      readChunks(to);
    } else {
      copy(Long.parseLong(field("Content-Length").orElse("0")), to);
    }
  }

  private void readChunks(OutputStream to) throws IOException {
    for (long size = chunkSize(); size > 0; size = chunkSize()) {
      copy(size, to);
      line(in);
    }
    trailers = lines(in);
  }

  private long chunkSize() throws IOException {
    return Long.parseLong(line(in).split(";")[0].strip(), 16);
  }

  /** Reads some of what comes. */
  void copy(long count, OutputStream to) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (long left = count; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(left, BUFFER));
      if (read < 0) {
        throw new EOFException(left + " bytes are missing");
      }
      to.write(buffer, 0, read);
      left -= read;
    }
  }

  /** The trailers that came behind the body, once it was read. */
  List<String> trailers() {
    return trailers;
  }

  /** A whole answer; nothing but its head to HEAD. */
  void answer(int status, String body, String... more) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    List<String> all = new ArrayList<>(List.of(more));
    all.add("Content-Length: " + bytes.length);
    head(status, all.toArray(String[]::new));
    if (!method().equals("HEAD")) {
      out.write(bytes);
    }
  }

  void head(int status, String... lines) throws IOException {
    send("HTTP/1.1 " + status + " So\r\n" + String.join("\r\n", lines) + "\r\n\r\n");
  }

  void chunk(String text) throws IOException {
    send(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
  }

  /** The end of a body in chunks; trailers are whole lines. */
  void lastChunk(String... lines) throws IOException {
    StringBuilder end = new StringBuilder("0\r\n");
    for (String line : lines) {
      end.append(line).append("\r\n");
    }
    send(end + "\r\n");
  }

  /** Sends text as it is. */
  void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  OutputStream out() {
    return out;
  }

  void close() throws IOException {
    socket.close();
  }

  /** Breaks the connection off, so that the other side hears of an error. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Says nothing until the other side has closed. */
  void silence() throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
    close();
  }
}
