// SPDX-License-Identifier: Apache-2.0
package io.l402.it;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;

/** A client that speaks cleartext HTTP/2 with prior knowledge and shows trailers. */
public final class Http2 implements AutoCloseable {
  /** What came back: status and header fields, body, and trailers. */
  public record Answer(ContentResponse response, Map<String, String> trailers) {}

  /** The smallest window that a stream can be counted on to have, in bytes. */
  public static final int SMALL_WINDOW = 65_535;

  private final HttpClient client;
  private final int port;

  /** Starts a client for a port on 127.0.0.1. */
  public Http2(int port) throws Exception {
    this(port, new HTTP2Client());
  }

  private Http2(int port, HTTP2Client http2) throws Exception {
    this.port = port;
    client = new HttpClient(new HttpClientTransportOverHTTP2(http2));
    client.setFollowRedirects(false);
    client.start();
  }

  /** Starts a client that has little room for what it has not read. */
  public static Http2 withSmallWindow(int port) throws Exception {
    HTTP2Client http2 = new HTTP2Client();
    http2.setInitialStreamRecvWindow(SMALL_WINDOW);
    return new Http2(port, http2);
  }

  /** A request to be completed and given to {@link #send}. */
  public Request request(String method, String target) {
    return client
        .newRequest("http://127.0.0.1:" + port)
        .path(target)
        .method(method)
        .timeout(30, TimeUnit.SECONDS);
  }

  /** Sends a request and waits for the whole answer. */
  public Answer send(Request request) throws Exception {
    Map<String, String> trailers = new LinkedHashMap<>();
    request.onResponseSuccess(response -> copy(response.getTrailers(), trailers));
    return new Answer(request.send(), trailers);
  }

  private static void copy(HttpFields from, Map<String, String> to) {
    if (from != null) {
      from.forEach(field -> to.put(field.getLowerCaseName(), field.getValue()));
    }
  }

  @Override
  public void close() {
    try {
      client.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the client did not stop", e);
    }
  }
}
