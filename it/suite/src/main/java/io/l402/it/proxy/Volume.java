// SPDX-License-Identifier: Apache-2.0
package io.l402.it.proxy;

import io.l402.it.Http2;
import io.l402.it.RawHttp;
import io.l402.it.RawResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.OutputStreamRequestContent;

/** Much of something. */
final class Volume {
  private static final long PATIENCE_SECONDS = 600;

  private Volume() {}

  /** Does something many times, so many at once; the first failure is thrown. */
  static void repeat(int times, int atOnce, Callable<?> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        all.add(threads.submit(work));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Asks for the same so often over one connection. */
  static Void keepAlive(int port, int requests, String token) throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      String head = RawHttp.head("GET", "/paid/hello", token);
      for (int i = 0; i < requests; i++) {
        RawResponse answer = http.send(head).read(false);
        if (answer.status() != 200 || !answer.body().equals("hello")) {
          throw new AssertionError("request " + i + ": " + answer);
        }
      }
    }
    return null;
  }

  /** Sends a body, and gives what the upstream says of it. */
  static String upload(int port, long length, Sum sent) throws IOException {
    try (RawHttp http = new RawHttp(port);
        OutputStream out = new Tee(http.out(), sent)) {
      http.send(RawHttp.head("POST", "/free/sum", "Content-Length: " + length));
      Sum.write(length, out);
      return http.read(false).body();
    }
  }

  /** Reads a body. */
  static Sum download(int port, long length) throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      Sum received = new Sum();
      http.send(RawHttp.head("GET", "/free/bytes?" + length)).read(received);
      return received;
    }
  }

  /** Sends a body over HTTP/2, and gives what the upstream says of it. */
  static String upload(Http2 http2, long length) throws Exception {
    OutputStreamRequestContent body = new OutputStreamRequestContent();
    InputStreamResponseListener answer = new InputStreamResponseListener();
    http2
        .request("POST", "/free/sum")
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .body(body)
        .send(answer);
    try (OutputStream out = body.getOutputStream()) {
      Sum.write(length, out);
    }
    return new String(answer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Reads a body over HTTP/2. */
  static Sum download(Http2 http2, long length) throws IOException {
    InputStreamResponseListener answer = new InputStreamResponseListener();
    http2
        .request("GET", "/free/bytes?" + length)
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .send(answer);
    return Sum.read(answer.getInputStream());
  }

  private static final class Tee extends OutputStream {
    private final OutputStream one;
    private final OutputStream two;

    Tee(OutputStream one, OutputStream two) {
      this.one = one;
      this.two = two;
    }

    @Override
    public void write(int b) throws IOException {
      one.write(b);
      two.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      one.write(bytes, offset, length);
      two.write(bytes, offset, length);
    }
  }
}
