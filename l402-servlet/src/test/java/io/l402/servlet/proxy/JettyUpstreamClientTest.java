// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.l402.servlet.Upstream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Jetty's client is kept from doing. */
@Timeout(60)
class JettyUpstreamClientTest {
  private final CountDownLatch cut = new CountDownLatch(1);
  private final CompletableFuture<Thread> cutOn = new CompletableFuture<>();
  private final CompletableFuture<UpstreamResponse> whole = new CompletableFuture<>();

  /**
   * The buffer of an answer that breaks off while its head is still being told of is given back,
   * and then cleared. Nothing else may be in it by then.
   */
  @Test
  void losesNoAnswerWhenAnotherBreaksOff() throws Exception {
    try (RawUpstream upstream = RawUpstream.of(this::serve);
        UpstreamClient client = JettyUpstreamClient.start(key())) {
      send(client, upstream, "/cut", answer -> readAndGoOn(answer, client, upstream));
      Thread first = cutOn.get();
      UpstreamResponse answer = whole.get();
      Awaitility.await().until(() -> !isTelling(first));

      byte[] body = new byte[100];
      int read = answer.read(body);
      assertEquals("all of it", new String(body, 0, read, StandardCharsets.US_ASCII));
    }
  }

  private void serve(RawUpstream.Peer peer) throws IOException {
    if (peer.readHead().get(0).contains("/cut")) {
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nsome of it");
      peer.socket.close();
      cut.countDown();
    } else {
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nall of it");
      peer.awaitEnd();
    }
  }

  /** Finds the end of the first answer, and has another read before it says so. */
  private void readAndGoOn(UpstreamResponse answer, UpstreamClient client, RawUpstream upstream) {
    try {
      cut.await();
      while (answer.read(new byte[100]) > 0) {
        // What came before the end.
      }
      send(client, upstream, "/whole", whole::complete);
      whole.get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      whole.completeExceptionally(e);
    }
    cutOn.complete(Thread.currentThread());
  }

  private static boolean isTelling(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().endsWith("HttpReceiverOverHTTP"));
  }

  private static ClientKey key() {
    return new ClientKey(new Upstream.Tls(Optional.empty(), false), Duration.ofSeconds(3));
  }

  private void send(
      UpstreamClient client, RawUpstream upstream, String path, Consumer<UpstreamResponse> then) {
    URI target = URI.create("http://" + upstream.address() + path);
    UpstreamListener listener =
        new UpstreamListener() {
          @Override
          public void responded(UpstreamResponse response) {
            then.accept(response);
          }

          @Override
          public void failed(Throwable why) {
            whole.completeExceptionally(why);
          }

          @Override
          public void broke() {}
        };
    client
        .open(
            new UpstreamRequest(
                "GET", target, false, List.of(), false, Optional.empty(), Optional.empty()),
            listener)
        .begin();
  }
}
