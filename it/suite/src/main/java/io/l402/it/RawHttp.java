// SPDX-License-Identifier: Apache-2.0
package io.l402.it;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** HTTP/1.1 over a socket: sends what it is told, byte for byte, and tidies nothing up. */
public final class RawHttp implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int BUFFER = 64 * 1024;

  private final Socket socket;
  private final InputStream in;
  private List<Map.Entry<String, String>> trailers = List.of();

  /** Connects. */
  public RawHttp(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** One GET on its own connection, with the fields given as {@code Name: value} lines. */
  public static RawResponse get(int port, String target, String... fields) throws IOException {
    return exchange(port, "GET", target, fields);
  }

  /** One request without a body on its own connection. */
  public static RawResponse exchange(int port, String method, String target, String... fields)
      throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      return http.send(head(method, target, fields)).read("HEAD".equals(method));
    }
  }

  /** One POST on its own connection. */
  public static RawResponse post(int port, String target, String body, String... fields)
      throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      List<String> all = new ArrayList<>(List.of(fields));
      all.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
      return http.send(head("POST", target, all.toArray(String[]::new)) + body).read(false);
    }
  }

  /** A request head; a Host field is added unless one is given, or an empty field line stops it. */
  public static String head(String method, String target, String... fields) {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    boolean host = false;
    for (String field : fields) {
      host |= field.regionMatches(true, 0, "host:", 0, 5);
      head.append(field).append("\r\n");
    }
    if (!host) {
      head.append("Host: localhost\r\n");
    }
    return head.append("\r\n").toString();
  }

  /** Sends text as it is, one byte a character. */
  public RawHttp send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Where to send what is too long for one text. */
  public OutputStream out() throws IOException {
    return socket.getOutputStream();
  }

  /** Reads the next answer, past interim ones. */
  public RawResponse read(boolean toHead) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    return read(toHead, body).withBody(body.toString(StandardCharsets.UTF_8));
  }

  /** Reads the next answer, the body of which goes elsewhere. */
  public RawResponse read(OutputStream body) throws IOException {
    return read(false, body);
  }

  private RawResponse read(boolean toHead, OutputStream body) throws IOException {
    String statusLine = line();
    int status = Integer.parseInt(statusLine.split(" ", 3)[1].trim());
    List<Map.Entry<String, String>> fields = fields();
    if (status >= 100 && status < 200) {
      return read(toHead, body).withInterim(status);
    }
    RawResponse bare = new RawResponse(status, fields, "", List.of());
    if (!toHead && status != 204 && status != 304) {
      readBody(bare, body);
    }
    return bare;
  }

  /** The trailers of the answer that was read last. */
  public List<Map.Entry<String, String>> trailers() {
    return trailers;
  }

  /** Reads until this text has arrived, and drops what was read. */
  public void readUntil(String text) throws IOException {
    StringBuilder seen = new StringBuilder();
    while (seen.indexOf(text) < 0) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("the connection was closed before " + text + " came: " + seen);
      }
      seen.append((char) b);
    }
  }

  /** Whether the server has closed: waits for the end of the stream. */
  public boolean isClosedByServer() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketException e) {
      return true;
    }
  }

  private void readBody(RawResponse head, OutputStream bytes) throws IOException {
    if (head.first("Transfer-Encoding").isPresent()) {
      readChunks(bytes);
    } else if (head.first("Content-Length").isPresent()) {
      copy(Long.parseLong(head.first("Content-Length").get()), bytes);
    } else {
      in.transferTo(bytes);
    }
  }

  private void readChunks(OutputStream bytes) throws IOException {
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      copy(size, bytes);
      line();
    }
    trailers = fields();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line().split(";", 2)[0].trim(), 16);
  }

  private void copy(long length, OutputStream to) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (long left = length; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(left, BUFFER));
      if (read < 0) {
        throw new EOFException("the body ended after " + (length - left) + " of " + length);
      }
      to.write(buffer, 0, read);
      left -= read;
    }
  }

  private List<Map.Entry<String, String>> fields() throws IOException {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      fields.add(Map.entry(line.substring(0, colon), line.substring(colon + 1).trim()));
    }
    return fields;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection was closed before the answer was complete");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
