// SPDX-License-Identifier: Apache-2.0
package io.l402.it.proxy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.it.Http2;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.AsyncRequestContent;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What cleartext HTTP/2 carries, through the proxy and paid for. */
public abstract class RestHttp2Cases extends RestCase {
  private static final long PATIENCE_SECONDS = 15;

  /** More than there are threads in the container. */
  private static final int MANY = 40;

  private Http2 client;

  @BeforeAll
  void connect() throws Exception {
    client = new Http2(shop.port());
  }

  @AfterAll
  void disconnect() {
    client.close();
  }

  private Request paid(String method, String target) {
    String value = token.substring("Authorization: ".length());
    return client
        .request(method, target)
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .headers(fields -> fields.put("Authorization", value));
  }

  private static InputStream body(Request request) throws Exception {
    InputStreamResponseListener listener = new InputStreamResponseListener();
    request.send(listener);
    assertEquals(200, listener.get(PATIENCE_SECONDS, TimeUnit.SECONDS).getStatus());
    return listener.getInputStream();
  }

  @Test
  void sellsAndGivesAway() throws Exception {
    assertEquals(
        "hello", client.send(client.request("GET", "/free/hello")).response().getContentAsString());
    assertEquals(402, client.send(client.request("GET", "/paid/hello")).response().getStatus());
    assertEquals(1, upstream.calls.get());
    assertEquals("hello", client.send(paid("GET", "/paid/hello")).response().getContentAsString());
  }

  @Test
  void carriesTrailersBothWays() throws Exception {
    Request request =
        paid("POST", "/paid/trailers")
            .body(new Demanded())
            .trailersSupplier(() -> HttpFields.from(field("x-checksum", "mine")));
    Http2.Answer answer = client.send(request);
    assertEquals(
        "x-checksum: mine", answer.response().getContentAsString().toLowerCase(Locale.ROOT));
    assertEquals(Map.of("x-checksum", "3"), answer.trailers());
  }

  /** Nobody must wait for a byte that does not come any more. */
  @Test
  void carriesTrailersThatComeLater() throws Exception {
    AsyncRequestContent body = new AsyncRequestContent();
    Request request =
        paid("POST", "/paid/trailers")
            .body(body)
            .trailersSupplier(() -> HttpFields.from(field("x-checksum", "mine")));
    CompletableFuture<Http2.Answer> answer = CompletableFuture.supplyAsync(() -> send(request));
    for (int i = 0; i < 5; i++) {
      body.write(ByteBuffer.wrap(new byte[] {'a'}), Callback.NOOP);
      body.flush();
      assertTrue(upstream.bytes.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
    body.close();
    assertEquals(
        Map.of("x-checksum", "5"), answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS).trailers());
  }

  private Http2.Answer send(Request request) {
    try {
      return client.send(request);
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  private static HttpField field(String name, String value) {
    return new HttpField(name, value);
  }

  @Test
  void showsEachEventWhenItIsSent() throws Exception {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(body(paid("GET", "/paid/events")), StandardCharsets.UTF_8))) {
      for (int i = 0; i < 8; i++) {
        upstream.events.add(Optional.of("event " + i));
        assertEquals("data: event " + i, lines.readLine());
        assertEquals("", lines.readLine());
      }
      upstream.events.add(Optional.empty());
      assertEquals(null, lines.readLine());
    }
  }

  /** Whoever reads it must not take what there was of it for all. */
  @Test
  void breaksOffTheAnswerToARequestThatIsShorterThanAnnounced() throws Exception {
    AsyncRequestContent body = new AsyncRequestContent();
    CompletableFuture<Void> begun = new CompletableFuture<>();
    CompletableFuture<Result> end = new CompletableFuture<>();
    paid("POST", "/paid/deaf-events")
        .headers(fields -> fields.put("Content-Length", "100"))
        .body(body)
        .onResponseContent((response, bytes) -> begun.complete(null))
        .send(end::complete);
    body.write(ByteBuffer.wrap(new byte[] {'a'}), Callback.NOOP);
    upstream.events.add(Optional.of("the first"));
    begun.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    body.close();
    assertTrue(end.get(PATIENCE_SECONDS, TimeUnit.SECONDS).isFailed(), "it looks complete");
    upstream.events.add(Optional.empty());
    await().until(upstream.events::isEmpty);
  }

  /** One byte; and the upstream says nothing more that could push it out. */
  @Test
  void passesOnWhatTheClientHadNoRoomFor() throws Exception {
    int length = Http2.SMALL_WINDOW + 1;
    String event = "x".repeat(length - "data: \n\n".length());
    try (Http2 small = Http2.withSmallWindow(shop.port())) {
      Hoarder hoarder = new Hoarder(Http2.SMALL_WINDOW, length);
      String value = token.substring("Authorization: ".length());
      small
          .request("GET", "/paid/events")
          .headers(fields -> fields.put("Authorization", value))
          .onResponseContentSource((response, source) -> hoarder.read(source))
          .send(result -> hoarder.end.complete(null));
      upstream.events.add(Optional.of(event));
      hoarder.full.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      upstream.events.add(Optional.empty());
      hoarder.end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Reads so much without making room for more, and the rest as it comes. */
  private static final class Hoarder {
    private final CompletableFuture<Void> full = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final List<Content.Chunk> hoard = new ArrayList<>();
    private final int most;
    private final int all;
    private int count;

    Hoarder(int most, int all) {
      this.most = most;
      this.all = all;
    }

    void read(Content.Source source) {
      for (Content.Chunk chunk = source.read(); chunk != null; chunk = source.read()) {
        count += chunk.remaining();
        hoard.add(chunk);
        if (count >= most) {
          hoard.forEach(Content.Chunk::release);
          hoard.clear();
        }
        if (count >= all) {
          full.complete(null);
        }
        if (chunk.isLast()) {
          return;
        }
      }
      source.demand(() -> read(source));
    }
  }

  @Test
  void asksForNoBodyThatIsNotPaidFor() throws Exception {
    Demanded body = new Demanded();
    Request request =
        client
            .request("POST", "/paid/sum")
            .headers(fields -> fields.put("Expect", "100-continue"))
            .body(body);
    CompletableFuture<Integer> status = new CompletableFuture<>();
    request.onResponseHeaders(answer -> status.complete(answer.getStatus())).send(result -> {});
    assertEquals(402, status.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertEquals(0, body.read);
    assertEquals(0, upstream.calls.get());
  }

  @Test
  void asksForTheBodyThatIsPaidFor() throws Exception {
    Request request =
        paid("POST", "/paid/sum")
            .headers(fields -> fields.put("Expect", "100-continue"))
            .body(new Demanded());
    assertEquals("3 bytes, 352441c2", client.send(request).response().getContentAsString());
  }

  /** A client that holds its body back, and is asked for it, may never send it. */
  @Test
  void servesOthersWhileManyHoldTheirBodiesBack() throws Exception {
    List<CompletableFuture<Integer>> held = new ArrayList<>();
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      CompletableFuture<Integer> status = new CompletableFuture<>();
      Request request =
          paid("POST", "/paid/sum")
              .headers(fields -> fields.put("Expect", "100-continue"))
              .body(new AsyncRequestContent());
      request.onResponseHeaders(answer -> status.complete(answer.getStatus())).send(result -> {});
      requests.add(request);
      held.add(status);
    }
    try (Http2 other = new Http2(shop.port())) {
      for (int i = 0; i < MANY; i++) {
        Http2.Answer answer = other.send(other.request("GET", "/free/hello"));
        assertEquals("hello", answer.response().getContentAsString());
      }
    } finally {
      requests.forEach(request -> request.abort(new IOException("that is enough")));
    }
    held.stream()
        .filter(CompletableFuture::isDone)
        .forEach(status -> assertEquals(417, status.join()));
  }

  /** A body of three bytes that does not say its length, and knows whether it was sent. */
  private static final class Demanded extends AsyncRequestContent {
    private volatile int read;

    Demanded() {
      write(ByteBuffer.wrap("abc".getBytes(StandardCharsets.US_ASCII)), Callback.NOOP);
      close();
    }

    @Override
    public long getLength() {
      return -1;
    }

    @Override
    public Content.Chunk read() {
      Content.Chunk chunk = super.read();
      read += chunk == null ? 0 : chunk.remaining();
      return chunk;
    }
  }

  @Test
  void passesRangesOn() throws Exception {
    Request request =
        paid("GET", "/paid/range").headers(fields -> fields.put("Range", "bytes=2-5"));
    Http2.Answer part = client.send(request);
    assertEquals(206, part.response().getStatus());
    assertEquals("2345", part.response().getContentAsString());
    assertEquals("bytes 2-5/10", part.response().getHeaders().get("Content-Range"));
  }

  @Test
  void answersHeadAsTheUpstreamDoes() throws Exception {
    Http2.Answer answer = client.send(paid("HEAD", "/paid/hello"));
    assertEquals(200, answer.response().getStatus());
    assertEquals("5", answer.response().getHeaders().get("Content-Length"));
    assertEquals("", answer.response().getContentAsString());
  }

  @Test
  void saysThatNothingHasChanged() throws Exception {
    Http2.Answer answer = client.send(paid("GET", "/paid/same"));
    assertEquals(304, answer.response().getStatus());
    assertEquals("\"1\"", answer.response().getHeaders().get("ETag"));
  }

  @Test
  void saysThatThereIsNothing() throws Exception {
    assertEquals(204, client.send(paid("GET", "/paid/none")).response().getStatus());
  }

  @Test
  void carriesBigBodiesUp() throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    Sum sum = Sum.write(BIG, body);
    Request request = paid("POST", "/paid/sum").body(new BytesRequestContent(body.toByteArray()));
    assertEquals(sum.toString(), client.send(request).response().getContentAsString());
  }

  @Test
  void carriesBigBodiesDown() throws Exception {
    try (InputStream body = body(paid("GET", "/paid/bytes?" + BIG))) {
      assertEquals(Sum.write(BIG, new Sum()).toString(), Sum.read(body).toString());
    }
    assertTrue(upstream.connections() > 0);
  }
}
