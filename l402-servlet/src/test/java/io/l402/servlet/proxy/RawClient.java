// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client on a bare socket: what it sends and gets is tidied up by nobody. */
final class RawClient implements Closeable {
  final Socket socket;
  final InputStream in;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends these lines, an empty one behind the last. */
  RawClient head(String... lines) throws IOException {
    return write(String.join("\r\n", lines) + "\r\n\r\n");
  }

  RawClient write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** The head of the answer. */
  List<String> readHead() throws IOException {
    return readHead(in);
  }

  /** What comes until the connection is closed; a reset counts as that. */
  String readAll() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (java.net.SocketException e) {
      all.write("<reset>".getBytes(StandardCharsets.US_ASCII));
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /** Exactly so many bytes. */
  String read(int count) throws IOException {
    return read(in, count);
  }

  private static String read(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("closed after " + new String(bytes, StandardCharsets.ISO_8859_1));
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** A line, without its end. */
  String readLine() throws IOException {
    return readLine(in);
  }

  static List<String> readHead(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
      lines.add(line);
    }
    return lines;
  }

  static String readLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("closed in a line: " + line);
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).replace("\r", "");
  }

  /** The body that a head speaks of; chunks and trailers as they came. */
  static String readBody(InputStream in, List<String> head) throws IOException {
    String length = value(head, "content-length");
    if (length != null) {
      return read(in, Integer.parseInt(length));
    }
    return value(head, "transfer-encoding") == null ? "" : readChunks(in);
  }

  private static String readChunks(InputStream in) throws IOException {
    StringBuilder all = new StringBuilder();
    while (true) {
      int size = Integer.parseInt(readLine(in), 16);
      all.append(read(in, size));
      if (size == 0) {
        List<String> trailers = readHead(in);
        return all + (trailers.isEmpty() ? "" : "|" + String.join("|", trailers));
      }
      readLine(in);
    }
  }

  /** The value of a field of a head; null if there is none, and all of them if there are more. */
  static String value(List<String> head, String name) {
    List<String> values = values(head, name);
    return values.isEmpty() ? null : String.join(" + ", values);
  }

  static List<String> values(List<String> head, String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return head.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .toList();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
