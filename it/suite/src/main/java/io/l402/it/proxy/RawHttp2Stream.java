// SPDX-License-Identifier: Apache-2.0
package io.l402.it.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Locale;

/** One gRPC call over cleartext HTTP/2, frame by frame: what client libraries do not let out. */
final class RawHttp2Stream implements AutoCloseable {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int CANCEL = 8;
  private static final int STREAM = 1;

  // RFC 7541: appendix A for what has a name, section 5.1 for the length of a string.
  private static final int POST = 0x83;
  private static final int HTTP = 0x86;
  private static final int PATH = 4;
  private static final int AUTHORITY = 1;
  private static final int HPACK_STRING = 127;

  private static final int PATIENCE_MILLIS = 15_000;

  private final Socket socket;
  private final DataInputStream in;

  /** A connection on which there is no call yet. */
  RawHttp2Stream(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(socket.getInputStream());
  }

  /** Makes a call. The field is one of HTTP/1.1, on one line. */
  void call(String path, String field) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    frame(out, SETTINGS, 0, 0, new byte[0]);
    frame(out, HEADERS, END_HEADERS, STREAM, head(path, field));
    socket.getOutputStream().write(bytes.toByteArray());
  }

  /** Sends a message. */
  void send(byte[] message, boolean last) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    frame(out, DATA, last ? END_STREAM : 0, STREAM, enveloped(message));
    socket.getOutputStream().write(bytes.toByteArray());
  }

  private static byte[] head(String path, String field) {
    String[] named = field.split(": ", 2);
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.write(POST);
    head.write(HTTP);
    head.write(PATH);
    string(head, path);
    head.write(AUTHORITY);
    string(head, "127.0.0.1");
    literal(head, "content-type", "application/grpc");
    literal(head, "te", "trailers");
    literal(head, named[0].toLowerCase(Locale.ROOT), named[1]);
    return head.toByteArray();
  }

  /** A field whose name is spelt out (RFC 7541, section 6.2.2). */
  private static void literal(ByteArrayOutputStream head, String name, String value) {
    head.write(0);
    string(head, name);
    string(head, value);
  }

  private static void string(ByteArrayOutputStream head, String text) {
    int length = text.length();
    if (length < HPACK_STRING) {
      head.write(length);
    } else {
      head.write(HPACK_STRING);
      int left = length - HPACK_STRING;
      for (; left >= 128; left >>= 7) {
        head.write(left & 127 | 128);
      }
      head.write(left);
    }
    head.writeBytes(text.getBytes(US_ASCII));
  }

  private static byte[] enveloped(byte[] message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(0);
    out.writeInt(message.length);
    out.write(message);
    return bytes.toByteArray();
  }

  private static void frame(DataOutputStream out, int type, int flags, int stream, byte[] payload)
      throws IOException {
    out.writeByte(payload.length >> 16);
    out.writeShort(payload.length);
    out.writeByte(type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(payload);
  }

  /** Reads until so many bytes of the answer have come, and makes no room for more. */
  void read(int count) throws IOException {
    for (int come = 0; come < count; ) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      in.skipNBytes(1 + Integer.BYTES + length);
      come += type == DATA ? length : 0;
    }
  }

  /** Breaks the call off, and says so so many times at once. */
  void cancel(int times) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      frame(new DataOutputStream(bytes), RST_STREAM, 0, STREAM, new byte[] {0, 0, 0, CANCEL});
    }
    socket.getOutputStream().write(bytes.toByteArray());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
