// SPDX-License-Identifier: Apache-2.0
package io.l402.it.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.it.Http2;
import io.l402.it.RawHttp;
import io.l402.it.RawResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.AsyncRequestContent;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refusals on the wire, over both versions of HTTP, and what becomes of unread bodies. */
public abstract class AnswerCases {
  private static final int MIB = 1 << 20;

  private Shop shop;

  @BeforeEach
  void open() throws Exception {
    shop = Shop.open();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void keepsTheConnectionAfterABodyThatWasRead() throws Exception {
    try (RawHttp http = new RawHttp(shop.port())) {
      String body = "x".repeat(200_000);
      http.send(RawHttp.head("POST", "/paid/x", "Content-Length: " + body.length()) + body);
      RawResponse answer = http.read(false);
      assertEquals(402, answer.status());
      assertFalse(answer.all("Connection").contains("close"), answer::toString);
      http.send(RawHttp.head("GET", "/open/x"));
      assertEquals("goods of /open/x", http.read(false).body());
    }
  }

  @Test
  void keepsTheConnectionAfterChunksThatWereRead() throws Exception {
    try (RawHttp http = new RawHttp(shop.port())) {
      http.send(RawHttp.head("POST", "/paid/x", "Transfer-Encoding: chunked"));
      http.send("5\r\nhello\r\n0\r\n\r\n");
      assertEquals(402, http.read(false).status());
      http.send(RawHttp.head("GET", "/open/x"));
      assertEquals("goods of /open/x", http.read(false).body());
    }
  }

  @Test
  void closesTheConnectionAfterABodyThatIsTooLong() throws Exception {
    try (RawHttp http = new RawHttp(shop.port())) {
      http.send(RawHttp.head("POST", "/paid/x", "Content-Length: " + 64 * MIB));
      http.send("x".repeat(MIB + 100_000));
      RawResponse answer = http.read(false);
      assertEquals(402, answer.status());
      assertEquals(List.of("close"), answer.all("Connection"));
    }
  }

  @Test
  void answersAClientThatStopsInTheMiddleOfItsBody() throws Exception {
    try (RawHttp http = new RawHttp(shop.port())) {
      http.send(RawHttp.head("POST", "/paid/x", "Content-Length: 1000") + "only this");
      RawResponse answer = http.read(false);
      assertEquals(402, answer.status());
      assertEquals(List.of("close"), answer.all("Connection"));
    }
  }

  @Test
  void readsTheBodyOfARequestThatHadToWait() throws Exception {
    shop.node.delay(Duration.ofMillis(50));
    try (RawHttp http = new RawHttp(shop.port())) {
      String body = "x".repeat(200_000);
      http.send(RawHttp.head("POST", "/paid/x", "Content-Length: " + body.length()) + body);
      assertEquals(402, http.read(false).status());
      http.send(RawHttp.head("GET", "/open/x"));
      assertEquals("goods of /open/x", http.read(false).body());
    }
  }

  @Test
  void answersAStreamThatNeverEnds() throws Exception {
    try (Http2 client = new Http2(shop.port())) {
      AsyncRequestContent open =
          new AsyncRequestContent("application/grpc", ByteBuffer.wrap(new byte[5]));
      CompletableFuture<Response> answer = new CompletableFuture<>();
      client
          .request("POST", "/paid/x")
          .body(open)
          .send(result -> answer.complete(result.getResponse()));
      // The rest of the stream is reset; what was answered came before that.
      Response response = answer.get(20, TimeUnit.SECONDS);
      assertEquals("13", response.getHeaders().get("grpc-status"));
      assertEquals("13", response.getTrailers().get("grpc-status"));
      open.close();
    }
  }

  @Test
  void asksNobodyToContinueWhoWillBeRefused() throws Exception {
    try (RawHttp http = new RawHttp(shop.port())) {
      http.send(RawHttp.head("POST", "/paid/x", "Content-Length: 1000", "Expect: 100-continue"));
      RawResponse answer = http.read(false);
      assertEquals(402, answer.status());
      assertEquals(List.of(), answer.interim());
      assertEquals(List.of("close"), answer.all("Connection"));
      assertTrue(http.isClosedByServer());
    }
  }

  @Test
  void letsAPayerContinue() throws Exception {
    String credential = shop.buy("/paid/x");
    try (RawHttp http = new RawHttp(shop.port())) {
      http.send(
          RawHttp.head("POST", "/paid/x", credential, "Content-Length: 5", "Expect: 100-continue"));
      http.send("-body");
      assertEquals("goods of /paid/x-body", http.read(false).body());
    }
  }

  @Test
  void challengesOverHttp2() throws Exception {
    try (Http2 client = new Http2(shop.port())) {
      for (int i = 0; i < 100; i++) {
        byte[] body = new byte[50_000];
        Http2.Answer answer =
            client.send(client.request("POST", "/paid/x").body(new BytesRequestContent(body)));
        assertEquals(402, answer.response().getStatus());
        assertEquals(2, answer.response().getHeaders().getValuesList("WWW-Authenticate").size());
      }
      assertEquals(402, client.send(client.request("GET", "/paid/x")).response().getStatus());
      ContentResponse head = client.send(client.request("HEAD", "/paid/x")).response();
      assertEquals(402, head.getStatus());
    }
  }

  @Test
  void knowsItsHostsOverHttp2() throws Exception {
    try (Shop hosted = Shop.open(config -> config.set("hosts", List.of("127.0.0.1")));
        Shop foreign = Shop.open(config -> config.set("hosts", List.of("shop.test")));
        Http2 client = new Http2(hosted.port());
        Http2 other = new Http2(foreign.port())) {
      assertEquals(402, client.send(client.request("GET", "/paid/x")).response().getStatus());
      assertEquals(421, other.send(other.request("GET", "/paid/x")).response().getStatus());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/grpc", "application/grpc+proto", "application/grpc; a=b"})
  void challengesGrpcInHeadersAndTrailers(String type) throws Exception {
    try (Http2 client = new Http2(shop.port())) {
      Http2.Answer answer =
          client.send(
              client
                  .request("POST", "/paid/x")
                  .headers(fields -> fields.put("TE", "trailers"))
                  .body(new BytesRequestContent(type, new byte[5])));
      ContentResponse response = answer.response();
      List<String> challenges = response.getHeaders().getValuesList("WWW-Authenticate");
      assertEquals(200, response.getStatus());
      assertEquals("application/grpc", response.getMediaType());
      assertEquals("13", response.getHeaders().get("grpc-status"));
      assertEquals(2, challenges.size());
      assertEquals(
          Map.of(
              "grpc-status",
              "13",
              "grpc-message",
              "payment required",
              "www-authenticate",
              challenges.get(0)),
          answer.trailers());
      assertTrue(challenges.get(0).startsWith("LSAT "));
      assertEquals(0, response.getContent().length);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "application/grpc-web, application/grpc-web",
    "application/grpc-web+proto, application/grpc-web",
    "application/grpc-web-text, application/grpc-web-text",
  })
  void challengesGrpcWebInHeadersOnly(String type, String answered) throws Exception {
    try (Http2 client = new Http2(shop.port())) {
      Http2.Answer answer =
          client.send(
              client.request("POST", "/paid/x").body(new BytesRequestContent(type, new byte[5])));
      assertEquals(200, answer.response().getStatus());
      assertEquals(answered, answer.response().getMediaType());
      assertEquals("13", answer.response().getHeaders().get("grpc-status"));
      assertEquals(Map.of(), answer.trailers());
    }
  }

  @Test
  void challengesGrpcOverHttp1InHeadersOnly() throws Exception {
    RawResponse answer =
        RawHttp.post(shop.port(), "/paid/x", "12345", "Content-Type: application/grpc");
    assertEquals(200, answer.status());
    assertEquals("13", answer.first("grpc-status").orElse(""));
    assertEquals("payment required", answer.first("grpc-message").orElse(""));
    assertEquals(2, answer.all("WWW-Authenticate").size());
    assertEquals("", answer.body());
  }

  @Test
  void takesOtherTypesThatBeginLikeGrpcForHttp() throws Exception {
    RawResponse answer =
        RawHttp.post(shop.port(), "/paid/x", "12345", "Content-Type: application/grpcx");
    assertEquals(402, answer.status());
  }

  @Test
  void saysInGrpcWhatElseIsWrong() throws Exception {
    String grpc = "Content-Type: application/grpc";
    assertEquals("3", shop.exchange("POST", "/paid/x;a=b", grpc).first("grpc-status").orElse(""));
    try (Shop hosted = Shop.open(config -> config.set("hosts", List.of("shop.test")))) {
      assertEquals("5", hosted.exchange("POST", "/paid/x", grpc).first("grpc-status").orElse(""));
    }
    shop.node.goDown();
    RawResponse down = shop.exchange("POST", "/paid/x", grpc);
    assertEquals("14", down.first("grpc-status").orElse(""));
    assertEquals("lightning node unavailable", down.first("grpc-message").orElse(""));
    assertTrue(down.first("Retry-After").isPresent());
  }

  @Test
  void answersWhatNoServiceTakesAsConfigured() throws Exception {
    try (Shop closed = Shop.open(config -> config.set("unmatched", "404"));
        Shop denying = Shop.open(config -> config.set("unmatched", "deny"))) {
      assertEquals("not found\n", closed.get("/open/x").body());
      assertEquals(404, closed.get("/open/x").status());
      assertEquals(403, denying.get("/open/x").status());
      assertEquals("access denied\n", denying.get("/open/x").body());
      assertEquals(402, closed.get("/paid/x").status());
    }
  }

  @Test
  void answersTheBlocklistAndPathsWithoutChallenges() throws Exception {
    try (Shop blocking = Shop.open(config -> config.set("blocklist", List.of("127.0.0.1")))) {
      RawResponse blocked = blocking.get("/paid/x");
      assertEquals(403, blocked.status());
      assertEquals("access denied\n", blocked.body());
      assertEquals(0, blocking.node.createCalls());
    }
    try (Shop quiet =
        Shop.open(
            config ->
                config.service(
                    "stream",
                    service ->
                        service
                            .paths("/open/*")
                            .set("authskipinvoicecreationpaths", List.of("^/open/quiet$"))))) {
      RawResponse answer = quiet.get("/open/quiet");
      assertEquals(401, answer.status());
      assertEquals("unauthorized\n", answer.body());
      assertEquals(List.of(), answer.all("WWW-Authenticate"));
    }
  }

  @Test
  void answersAnInvalidCredentialWith401WhereConfigured() throws Exception {
    try (Shop strict = Shop.open(config -> config.set("invalidcredential", "401"))) {
      String credential = strict.buy("/report/x");
      RawResponse answer = strict.get("/paid/x", credential);
      assertEquals(401, answer.status());
      assertEquals("wrong_service", answer.challenge("error"));
      assertEquals(402, strict.get("/paid/x").status());
    }
  }

  @Test
  void keepsPaidAnswersOutOfSharedCachesAndLeavesTheRestAlone() throws Exception {
    String credential = shop.buy("/paid/headers");
    String target = "/paid/headers?set=Cache-Control:public,max-age%3D60,s-maxage%3D9&set=X-A:b";
    RawResponse answer = shop.get(target + "&set=Vary:Accept-Encoding", credential);
    assertEquals(200, answer.status());
    assertEquals(List.of("max-age=60, private"), answer.all("Cache-Control"));
    String vary = String.join(", ", answer.all("Vary"));
    assertTrue(vary.contains("Authorization, Macaroon, Grpc-Metadata-Macaroon, Token"), vary);
    assertTrue(vary.contains("Accept-Encoding"), vary);
    assertEquals(List.of("b"), answer.all("X-A"));
    assertEquals("fields", answer.body());
    RawResponse none = shop.get("/paid/headers?set=Cache-Control:no-store", credential);
    assertEquals(List.of("no-store"), none.all("Cache-Control"));
  }

  @Test
  void letsPagesOfConfiguredOriginsReadChallengesAndAnswers() throws Exception {
    try (Shop open =
        Shop.open(config -> config.initParameters(Map.of("cors.origins", "https://a.example")))) {
      RawResponse challenge = open.get("/paid/x", "Origin: https://a.example");
      assertEquals(List.of("https://a.example"), challenge.all("Access-Control-Allow-Origin"));
      assertEquals(
          List.of("WWW-Authenticate, Retry-After"), challenge.all("Access-Control-Expose-Headers"));
      assertTrue(challenge.all("Vary").contains("Origin"), challenge::toString);
      String credential = open.pay(challenge);
      RawResponse answer = open.get("/paid/x", "Origin: https://a.example", credential);
      assertEquals(List.of("https://a.example"), answer.all("Access-Control-Allow-Origin"));
      RawResponse foreign = open.get("/paid/x", "Origin: https://b.example");
      assertEquals(List.of(), foreign.all("Access-Control-Allow-Origin"));
      String own = "/paid/headers?set=Access-Control-Allow-Origin:https://own.example";
      RawResponse ownAnswer = open.get(own, "Origin: https://a.example", credential);
      assertEquals(List.of("https://own.example"), ownAnswer.all("Access-Control-Allow-Origin"));
    }
    assertEquals(
        List.of(),
        shop.get("/paid/x", "Origin: https://a.example").all("Access-Control-Allow-Origin"));
  }
}
