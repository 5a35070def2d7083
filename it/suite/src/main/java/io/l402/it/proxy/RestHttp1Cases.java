// SPDX-License-Identifier: Apache-2.0
package io.l402.it.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.l402.it.Limit;
import io.l402.it.RawHttp;
import io.l402.it.RawResponse;
import io.l402.it.TestContainer;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What HTTP/1.1 carries, through the proxy and paid for. */
public abstract class RestHttp1Cases extends RestCase {
  @Test
  void sellsAndGivesAway() throws Exception {
    assertEquals("hello", shop.get("/free/hello").body());
    assertEquals(402, shop.get("/paid/hello").status());
    assertEquals(1, upstream.calls.get());
    RawResponse answer = shop.get("/paid/hello", token);
    assertEquals("hello", answer.body());
    assertEquals(List.of("5"), answer.all("Content-Length"));
  }

  @Test
  void keepsTheTokenFromTheUpstream() throws Exception {
    String body = shop.get("/paid/fields", token, "X-Other: here").body();
    String seen = body.toLowerCase(Locale.ROOT);
    assertTrue(seen.contains("x-other: here"), seen);
    assertFalse(seen.contains("authorization"), seen);
  }

  @Test
  void carriesTrailersBothWays() throws Exception {
    try (RawHttp http = new RawHttp(shop.port())) {
      http.send(
          RawHttp.head(
              "POST",
              "/paid/trailers",
              token,
              "Transfer-Encoding: chunked",
              "Trailer: X-Checksum",
              "TE: trailers",
              "Connection: TE"));
      http.send("3\r\nabc\r\n0\r\nX-Checksum: mine\r\n\r\n");
      RawResponse answer = http.read(false);
      assertEquals("x-checksum: mine", answer.body().toLowerCase(Locale.ROOT));
      assertEquals(1, http.trailers().size(), () -> http.trailers().toString());
      Map.Entry<String, String> trailer = http.trailers().get(0);
      assertTrue(trailer.getKey().equalsIgnoreCase("X-Checksum"), trailer::getKey);
      assertEquals("3", trailer.getValue());
    }
  }

  @Test
  void showsEachEventWhenItIsSent() throws Exception {
    try (RawHttp http = new RawHttp(shop.port())) {
      http.send(RawHttp.head("GET", "/paid/events", token));
      for (int i = 0; i < 8; i++) {
        upstream.events.add(Optional.of("event " + i));
        http.readUntil("data: event " + i);
      }
      upstream.events.add(Optional.empty());
      http.readUntil("0\r\n\r\n");
    }
  }

  @Test
  void asksForNoBodyThatIsNotPaidFor() throws Exception {
    try (RawHttp http = new RawHttp(shop.port())) {
      http.send(
          RawHttp.head("POST", "/paid/sum", "Content-Length: 1000000", "Expect: 100-continue"));
      RawResponse answer = http.read(false);
      assertEquals(402, answer.status());
      assertEquals(List.of(), answer.interim());
      assertEquals(0, upstream.calls.get());
    }
  }

  @Test
  void asksForTheBodyThatIsPaidFor() throws Exception {
    try (RawHttp http = new RawHttp(shop.port())) {
      http.send(
          RawHttp.head("POST", "/paid/sum", token, "Content-Length: 3", "Expect: 100-continue"));
      http.readUntil("HTTP/1.1 100");
      http.readUntil("\r\n\r\n");
      RawResponse answer = http.send("abc").read(false);
      assertEquals(200, answer.status());
      assertEquals("3 bytes, 352441c2", answer.body());
    }
  }

  @Test
  void passesRangesOn() throws Exception {
    RawResponse part = shop.get("/paid/range", token, "Range: bytes=2-5");
    assertEquals(206, part.status());
    assertEquals("2345", part.body());
    assertEquals(List.of("bytes 2-5/10"), part.all("Content-Range"));
    assertEquals("0123456789", shop.get("/paid/range", token).body());
  }

  @Test
  void answersHeadAsTheUpstreamDoes() throws Exception {
    RawResponse answer = RawHttp.exchange(shop.port(), "HEAD", "/paid/hello", token);
    assertEquals(200, answer.status());
    assertEquals(List.of("5"), answer.all("Content-Length"));
    assertEquals("", answer.body());
  }

  @Test
  void saysThatNothingHasChanged() throws Exception {
    try (RawHttp http = new RawHttp(shop.port())) {
      for (int i = 0; i < 2; i++) {
        RawResponse answer = http.send(RawHttp.head("GET", "/paid/same", token)).read(false);
        assertEquals(304, answer.status());
        assertEquals(List.of("\"1\""), answer.all("ETag"));
      }
    }
  }

  @Test
  void saysThatThereIsNothing() throws Exception {
    try (RawHttp http = new RawHttp(shop.port())) {
      for (int i = 0; i < 2; i++) {
        http.send(RawHttp.head("GET", "/paid/none", token));
        assertEquals(204, http.read(false).status());
      }
    }
  }

  @Test
  void carriesBigBodiesUp() throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    Sum sum = Sum.write(BIG, body);
    try (RawHttp http = new RawHttp(shop.port())) {
      http.send(RawHttp.head("POST", "/paid/sum", token, "Content-Length: " + BIG));
      http.send(body.toString(ISO_8859_1));
      assertEquals(sum.toString(), http.read(false).body());
      http.send(RawHttp.head("POST", "/paid/sum", token, "Transfer-Encoding: chunked"));
      http.send(Integer.toHexString(BIG) + "\r\n" + body.toString(ISO_8859_1) + "\r\n0\r\n\r\n");
      assertEquals(sum.toString(), http.read(false).body());
    }
  }

  @Test
  void carriesBigBodiesDown() throws Exception {
    try (RawHttp http = new RawHttp(shop.port())) {
      http.send(RawHttp.head("GET", "/paid/bytes?" + BIG, token));
      Sum sum = new Sum();
      assertEquals(200, http.read(sum).status());
      assertEquals(Sum.write(BIG, new Sum()).toString(), sum.toString());
    }
  }

  private static boolean isLimited(Limit limit) {
    return TestContainer.current().limits().contains(limit);
  }

  private static void assumeUpgrades() {
    assumeFalse(isLimited(Limit.NO_UPGRADE), "no upgrades");
  }

  private static void assumeUpgradesWithoutLength() {
    assumeUpgrades();
    assumeFalse(isLimited(Limit.UPGRADES_WITH_LENGTH_ONLY), "browsers are answered 501 here");
  }

  @Test
  void tellsTheClientOfAWebSocketThatItIsOver() throws Exception {
    assumeUpgradesWithoutLength();
    assertTrue(WebSockets.isEndTold(shop.port(), "/paid/fickle-socket", token));
  }

  @Test
  void upgradesToWebSocketAfterPayment() throws Exception {
    assumeUpgradesWithoutLength();
    assertEquals(402, WebSockets.refusal(shop.port(), "/paid/socket"));
    assertEquals(
        List.of("one", "two", "three"),
        WebSockets.echo(shop.port(), "/paid/socket", token, "one", "two", "three"));
  }

  /** Rather than to upgrade to a connection that carries nothing. */
  @Test
  void saysThatItCannotUpgrade() throws Exception {
    assumeTrue(
        isLimited(Limit.NO_UPGRADE) || isLimited(Limit.UPGRADES_WITH_LENGTH_ONLY), "upgrades");
    assertEquals(402, WebSockets.refusal(shop.port(), "/paid/socket"));
    assertEquals(501, WebSockets.refusal(shop.port(), "/paid/socket", token));
  }

  @Test
  void upgradesARequestThatTellsItsLength() throws Exception {
    assumeUpgrades();
    try (RawHttp http = new RawHttp(shop.port())) {
      http.send(WebSockets.handshake("/paid/fickle-socket", token, "Content-Length: 0"));
      http.readUntil("\r\n\r\n");
      http.send(WebSockets.ping("a")).readUntil(WebSockets.fromServer(WebSockets.PING, "a"));
      http.send(WebSockets.ping("b")).readUntil(WebSockets.fromServer(WebSockets.PING, "b"));
      http.send(WebSockets.text("c")).readUntil(WebSockets.fromServer(WebSockets.TEXT, "c"));
      http.readUntil(WebSockets.GOING_AWAY);
    }
  }
}
