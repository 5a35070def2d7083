// SPDX-License-Identifier: Apache-2.0
package io.l402.it.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.it.Http2;
import io.l402.it.Limit;
import io.l402.it.RawHttp;
import io.l402.it.RawResponse;
import io.l402.it.TestContainer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client asks, pays and gets in. */
public abstract class FlowCases {
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
  void challengesWithBothFieldsInOrder() throws Exception {
    RawResponse answer = shop.get("/paid/x");
    assertEquals(402, answer.status());
    List<String> fields = answer.all("WWW-Authenticate");
    String offer =
        "macaroon=\""
            + answer.challenge("macaroon")
            + "\", invoice=\""
            + answer.challenge("invoice")
            + "\"";
    assertEquals(
        List.of(
            "LSAT " + offer,
            "L402 " + offer + ", version=\"0\", token=\"" + answer.challenge("macaroon") + "\""),
        fields);
    assertEquals("payment required\n", answer.body());
    assertEquals(List.of("no-store"), answer.all("Cache-Control"));
    assertEquals(
        List.of(
            "Authorization, Macaroon, Grpc-Metadata-Macaroon, Token, Grpc-Metadata-Token, Accept"),
        answer.all("Vary"));
    assertTrue(answer.first("Content-Type").orElse("").startsWith("text/plain"));
    assertEquals(List.of(), shop.visits);
  }

  @Test
  void letsInWhoPaidAndShowsTheTokenToTheApplication() throws Exception {
    String credential = shop.buy("/paid/x");
    RawResponse answer = shop.get("/paid/x", credential);
    assertEquals(200, answer.status());
    assertEquals("goods of /paid/x", answer.body());
    Shop.Visit visit = shop.visits.get(0);
    assertNotNull(visit.token());
    assertEquals("paid", visit.token().service().name());
    assertEquals("L402 " + visit.token().tokenId().toHex(), visit.user());
    assertEquals(List.of("private"), answer.all("Cache-Control"));
  }

  @Test
  void keepsWhatIsFreeFreeAndWithoutAToken() throws Exception {
    assertEquals("goods of /paid/sample", shop.get("/paid/sample").body());
    assertEquals("goods of /open/x", shop.get("/open/x").body());
    shop.visits.forEach(visit -> assertNull(visit.token()));
    assertEquals(List.of(), shop.get("/open/x").all("Cache-Control"));
  }

  @Test
  void refusesATokenOfAnotherServiceWithTheReason() throws Exception {
    String credential = shop.buy("/paid/x");
    RawResponse answer = shop.get("/report/x", credential);
    assertEquals(402, answer.status());
    assertEquals("wrong_service", answer.challenge("error"));
    assertEquals(List.of(), shop.visits);
  }

  @Test
  void refusesAChangedPreimageWithTheReason() throws Exception {
    String credential = shop.buy("/paid/x");
    char last = credential.charAt(credential.length() - 1);
    String changed = credential.substring(0, credential.length() - 1) + (last == '0' ? '1' : '0');
    RawResponse answer = shop.get("/paid/x", changed);
    assertEquals(402, answer.status());
    assertEquals("wrong_preimage", answer.challenge("error"));
  }

  @Test
  void answersHeadWithTheFieldsOfGetAndNoBody() throws Exception {
    RawResponse get = shop.get("/paid/x");
    RawResponse head = shop.exchange("HEAD", "/paid/x");
    assertEquals(402, head.status());
    assertEquals(2, head.all("WWW-Authenticate").size());
    assertEquals(get.first("Content-Length"), head.first("Content-Length"));
    assertEquals("", head.body());
    String credential = shop.pay(head);
    assertEquals(200, shop.exchange("HEAD", "/paid/x", credential).status());
  }

  @Test
  void readsThePostOfAPayer() throws Exception {
    String credential = shop.buy("/paid/x");
    RawResponse answer = RawHttp.post(shop.port(), "/paid/x", "-body", credential);
    assertEquals("goods of /paid/x-body", answer.body());
  }

  @Test
  void servesAsynchronousServlets() throws Exception {
    String credential = shop.buy("/paid/async");
    RawResponse answer = shop.get("/paid/async", credential);
    assertEquals(200, answer.status());
    assertEquals("goods, later", answer.body());
    assertEquals(List.of("private"), answer.all("Cache-Control"));
  }

  @Test
  void streamsWhatWasPaidFor() throws Exception {
    String credential = shop.buy("/paid/stream");
    try (RawHttp http = new RawHttp(shop.port())) {
      http.send(RawHttp.head("GET", "/paid/stream", credential));
      http.readUntil("first,");
      shop.goOn.countDown();
      http.readUntil("second");
    }
  }

  @Test
  void passesTheApplicationsTrailersOn() throws Exception {
    String credential = shop.buy("/paid/trailers").replace("Authorization: ", "");
    try (Http2 client = new Http2(shop.port())) {
      Http2.Answer answer =
          client.send(
              client
                  .request("GET", "/paid/trailers")
                  .headers(fields -> fields.put("Authorization", credential)));
      assertEquals("goods", answer.response().getContentAsString());
      assertEquals(Map.of("x-end", "reached"), answer.trailers());
      assertEquals("private", answer.response().getHeaders().get("Cache-Control"));
    }
  }

  @Test
  void worksBelowAContextPath() throws Exception {
    try (Shop below = Shop.open(config -> {}, app -> app.contextPath("/my-shop"))) {
      String credential = below.buy("/my-shop/paid/x");
      assertEquals("goods of /paid/x", below.get("/my-shop/paid/x", credential).body());
      assertEquals("goods of /open/x", below.get("/my-shop/open/x").body());
      assertEquals(withDots(402), below.get("/my-shop/open/../paid/x").status());
      assertEquals(withDots(200), below.get("/my-shop/paid/../open/x").status());
      assertEquals(402, below.get("/my-shop/go/forward?to=/paid/x").status());
      assertEquals(402, below.get("/my%2dshop/paid/x").status());
    }
  }

  /** Where the filter and the container do not agree on the path, nobody gets in. */
  private static int withDots(int status) {
    return TestContainer.current().limits().contains(Limit.KEEPS_DOT_SEGMENTS) ? 400 : status;
  }

  @Test
  void writesAPageForPeopleAndAProblemForPrograms() throws Exception {
    RawResponse page = shop.get("/paid/x", "Accept: text/html,*/*;q=0.8");
    assertTrue(page.first("Content-Type").orElse("").startsWith("text/html"));
    assertTrue(page.body().contains("href=\"lightning:" + page.challenge("invoice") + "\""));
    assertTrue(page.first("Content-Security-Policy").orElse("").contains("default-src 'none'"));
    RawResponse problem = shop.get("/paid/x", "Accept: application/json");
    assertEquals("application/problem+json", problem.first("Content-Type").orElse(""));
    assertTrue(problem.body().contains("\"invoice\":\"" + problem.challenge("invoice") + "\""));
    assertTrue(problem.body().contains("\"amountMsat\":10000,"));
  }
}
