// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;

/** One call over HTTP/2, frame by frame. */
final class Http2Call implements AutoCloseable {
  /** What came: a head, trailers, bytes, or how it ended. */
  record Event(String kind, String text, HttpFields fields) {}

  private final HTTP2Client client = new HTTP2Client();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Stream stream;

  /** Opens a stream, with a POST. */
  Http2Call(int port, String path, boolean end, Map<String, String> fields) throws Exception {
    this(port, "POST", "http://127.0.0.1:" + port + path, end, fields);
  }

  /** Opens a stream, with any method and authority. */
  Http2Call(int port, String method, String target, boolean end, Map<String, String> fields)
      throws Exception {
    client.start();
    Session session =
        client
            .connect(new InetSocketAddress("127.0.0.1", port), new Session.Listener() {})
            .get(5, TimeUnit.SECONDS);
    HttpFields.Mutable all = HttpFields.build();
    fields.forEach(all::add);
    MetaData.Request head =
        new MetaData.Request(method, HttpURI.from(target), HttpVersion.HTTP_2, all);
    stream =
        session
            .newStream(new HeadersFrame(head, null, end), new Listener())
            .get(5, TimeUnit.SECONDS);
  }

  /** A gRPC call. */
  static Http2Call grpc(int port, String path) throws Exception {
    return new Http2Call(
        port, path, false, Map.of("content-type", "application/grpc", "te", "trailers"));
  }

  Http2Call send(String text, boolean end) {
    ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text);
    stream.data(new DataFrame(stream.getId(), bytes, end), Callback.NOOP);
    return this;
  }

  void cancel() {
    stream.reset(new ResetFrame(stream.getId(), 8), Callback.NOOP);
  }

  /** The next thing that comes. */
  Event next() throws InterruptedException {
    Event event = events.poll(5, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("nothing came");
    }
    return event;
  }

  /** The next thing, which must be of this kind. */
  Event next(String kind) throws InterruptedException {
    Event event = next();
    if (!event.kind.equals(kind)) {
      throw new AssertionError("expected " + kind + ", came " + event);
    }
    return event;
  }

  /** The next head or trailers, whatever bytes come before. */
  Event trailers() throws InterruptedException {
    Event event = next();
    while (event.kind.equals("data")) {
      event = next();
    }
    return event;
  }

  @Override
  public void close() {
    try {
      client.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the client does not stop", e);
    }
  }

  private final class Listener implements Stream.Listener {
    @Override
    public void onHeaders(Stream stream, HeadersFrame frame) {
      boolean head = frame.getMetaData() instanceof MetaData.Response;
      String status =
          frame.getMetaData() instanceof MetaData.Response response
              ? Integer.toString(response.getStatus())
              : "";
      events.add(
          new Event(head ? "head" : "trailers", status, frame.getMetaData().getHttpFields()));
      if (frame.isEndStream()) {
        events.add(new Event("end", "", null));
      } else {
        stream.demand();
      }
    }

    @Override
    public void onDataAvailable(Stream stream) {
      Stream.Data data = stream.readData();
      if (data == null) {
        stream.demand();
        return;
      }
      String text = StandardCharsets.US_ASCII.decode(data.frame().getByteBuffer()).toString();
      boolean end = data.frame().isEndStream();
      data.release();
      if (!text.isEmpty()) {
        events.add(new Event("data", text, null));
      }
      if (end) {
        events.add(new Event("end", "", null));
      } else {
        stream.demand();
      }
    }

    @Override
    public void onReset(Stream stream, ResetFrame frame, Callback callback) {
      events.add(new Event("reset", Integer.toString(frame.getError()), null));
      callback.succeeded();
    }
  }
}
