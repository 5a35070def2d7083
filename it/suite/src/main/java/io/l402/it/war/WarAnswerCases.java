// SPDX-License-Identifier: Apache-2.0
package io.l402.it.war;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.it.Http2;
import io.l402.it.RawHttp;
import io.l402.it.RawResponse;
import java.io.IOException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the demo answers: kinds of clients, hosts, free requests, and what is not to be had. */
public abstract class WarAnswerCases extends WarCase {
  @Test
  void answersHeadWithTheFieldsOnly() throws IOException {
    RawResponse answer = client.send("HEAD", "/weather");
    assertEquals(402, answer.status());
    assertEquals(2, answer.all("WWW-Authenticate").size());
    assertEquals("", answer.body());
  }

  @Test
  void challengesAPostAndKeepsTheConnection() throws IOException {
    try (RawHttp http = new RawHttp(port())) {
      String post = RawHttp.head("POST", "/weather", "Content-Length: 5") + "hello";
      assertEquals(402, http.send(post).read(false).status());
      assertEquals(200, http.send(RawHttp.head("GET", "/health")).read(false).status());
    }
  }

  @Test
  void showsPeopleAPage() throws IOException {
    RawResponse answer = client.get("/weather", "Accept: text/html,*/*;q=0.8");
    assertEquals(402, answer.status());
    assertTrue(answer.first("Content-Type").orElse("").startsWith("text/html"));
    String invoice = answer.challenge("invoice");
    assertTrue(answer.body().contains("href=\"lightning:" + invoice + "\""), answer.body());
    assertTrue(answer.body().contains("<svg"), "a QR code");
    assertTrue(answer.body().contains("10 sat"), "the amount");
    String policy = answer.first("Content-Security-Policy").orElse("");
    assertTrue(policy.contains("default-src 'none'"), policy);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/problem+json"})
  void tellsProgramsInJson(String accept) throws IOException {
    RawResponse answer = client.get("/weather", "Accept: " + accept);
    assertEquals(402, answer.status());
    assertTrue(answer.first("Content-Type").orElse("").startsWith("application/problem+json"));
    assertTrue(answer.body().contains("\"invoice\":\"" + answer.challenge("invoice") + "\""));
    assertTrue(answer.body().contains("\"macaroon\":\"" + answer.challenge("macaroon") + "\""));
    assertTrue(answer.body().contains("\"amountMsat\":10000"), answer.body());
    assertTrue(answer.body().contains("\"service\":\"weather\""), answer.body());
    assertFalse(answer.body().contains("\"reason\""), answer.body());
  }

  @Test
  void tellsProgramsTheReasonInJson() throws IOException {
    String field = client.buy("/weather").field();
    RawResponse answer = client.get("/report", "Accept: application/json", field);
    assertTrue(answer.body().contains("\"reason\":\"wrong_service\""), answer.body());
  }

  @Test
  void answersGrpcInHeadersAndTrailers() throws Exception {
    try (Http2 http = new Http2(port())) {
      Http2.Answer answer =
          http.send(
              http.request("POST", "/weather")
                  .body(new BytesRequestContent("application/grpc", new byte[] {0, 0, 0, 0, 0})));
      ContentResponse head = answer.response();
      assertEquals(200, head.getStatus());
      assertEquals("13", head.getHeaders().get("grpc-status"));
      assertEquals("payment required", head.getHeaders().get("grpc-message"));
      assertEquals(2, head.getHeaders().getValuesList("WWW-Authenticate").size());
      assertEquals("13", answer.trailers().get("grpc-status"));
      String trailer = answer.trailers().get("www-authenticate");
      assertTrue(trailer.startsWith("LSAT macaroon=\""), trailer);
    }
  }

  @Test
  void sellsWhatAGrpcBackendBehindTheProxyServes() throws Exception {
    try (Http2 http = new Http2(port())) {
      Http2.Answer unpaid = http.send(tides(http));
      assertEquals("payment required", unpaid.trailers().get("grpc-message"));
      String field = client.pay(unpaid.trailers().get("www-authenticate")).field();
      Http2.Answer paid =
          http.send(
              tides(http)
                  .headers(
                      fields ->
                          fields.put(
                              "Authorization", field.substring("Authorization: ".length()))));
      assertEquals("0", paid.trailers().get("grpc-status"), paid.trailers()::toString);
      assertEquals(6 * 11, paid.response().getContent().length, "six frames of a StringValue");
    }
  }

  /** All there is to an empty message is its frame. */
  private static Request tides(Http2 http) {
    return http.request("POST", "/l402.demo.Tides/Watch")
        .headers(fields -> fields.put("TE", "trailers"))
        .body(new BytesRequestContent("application/grpc", new byte[5]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: localhost",
        "Host: LOCALHOST",
        "Host: localhost.",
        "Host: localhost:8081",
        "Host: foreign.example",
        "Host: foreign.example:443",
        "Host: [::1]:8081",
      })
  void asksForPaymentWhateverTheHost(String field) throws IOException {
    assertEquals(402, client.get("/weather", field).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host:", "Host: a b", "Host: a/b", "Host: %00", "Host: x\r\nHost: y"})
  void refusesAHostThatIsNone(String field) throws IOException {
    RawResponse answer = client.get("/weather", field);
    assertTrue(answer.status() == 400 || answer.status() == 402, answer::toString);
  }

  @Test
  void neverServesARequestWithoutAHost() throws IOException {
    try (RawHttp http = new RawHttp(port())) {
      assertEquals(400, http.send("GET /weather HTTP/1.1\r\n\r\n").read(false).status());
    }
    try (RawHttp http = new RawHttp(port())) {
      int status = http.send("GET /weather HTTP/1.0\r\n\r\n").read(false).status();
      assertTrue(status == 402 || status == 400, "HTTP/1.0: " + status);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/weather/",
        "/WEATHER",
        "/Weather",
        "/%77eather",
        "/./weather",
        "/x/../weather",
        "/x/%2e%2e/weather",
        "//weather",
        "/weather;x=1",
        "/weather%00",
        "/weather%2f",
        "/weather\\",
      })
  void neverServesASpellingOfAPaidPathForNothing(String path) throws IOException {
    int status = client.get(path).status();
    assertTrue(status == 402 || status == 400 || status == 404, path + ": " + status);
  }

  @Test
  void givesThreeAwayThenAsks() throws IOException {
    for (int i = 0; i < 3; i++) {
      assertEquals(200, client.get("/free").status(), "free request " + (i + 1));
    }
    assertEquals(402, client.get("/free").status());
    assertEquals(200, client.get("/free", client.buy("/free").field()).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/io/l402/demo/Main.class",
        "/io/",
        "/io/l402/demo",
        "/%69o/l402/demo/Main.class",
        "/IO/L402/demo/Main.class",
        "/WEB-INF/l402.yaml",
        "/WEB-INF/web.xml",
        "/web-inf/web.xml",
        "/WEB-INF/page/index.html",
        "/WEB-INF/lib-run/classes/io/l402/demo/run/EmbeddedTomcat.class",
        "/META-INF/MANIFEST.MF",
        "/no/such/page",
        "/assets/no.such",
      })
  void servesNothingElse(String path) throws IOException {
    assertEquals(404, client.get(path).status());
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html",
    "/wallet, text/html",
    "/assets/style.css, text/css",
    "/assets/demo.js, text/javascript",
    "/assets/macaroon.js, text/javascript",
    "/assets/icon.svg, image/svg+xml",
    "/health, application/json",
    "/.aperture/healthz, text/plain"
  })
  void servesItsPagesForNothing(String path, String type) throws IOException {
    RawResponse answer = client.get(path);
    assertEquals(200, answer.status());
    assertTrue(answer.first("Content-Type").orElse("").startsWith(type), answer::toString);
  }

  @Test
  void saysThatTheNodeIsSimulated() throws IOException {
    RawResponse page = client.get("/");
    assertTrue(page.body().contains("data-mode=\"simulated\""));
    assertTrue(page.body().contains("Nothing here is money"));
    assertTrue(
        page.first("Content-Security-Policy").orElse("").startsWith("default-src 'none'"),
        page::toString);
    assertEquals(
        "{\"status\":\"up\",\"node\":\"simulated\",\"lightning\":\"ready\"}\n",
        client.get("/health").body());
  }

  @Test
  void drawsAnInvoiceAndNothingElse() throws IOException {
    String invoice = client.get("/weather").challenge("invoice");
    RawResponse code = client.get("/assets/qr.svg?invoice=" + invoice);
    assertEquals(200, code.status());
    assertTrue(code.body().startsWith("<svg "), code.body());
    assertEquals(400, client.get("/assets/qr.svg?invoice=%3Cscript%3E").status());
    assertEquals(400, client.get("/assets/qr.svg").status());
  }

  @Test
  void paysWithTheWalletOnceAndOnlyItsOwnInvoices() throws IOException {
    String invoice = client.get("/weather").challenge("invoice");
    assertEquals(200, client.post("/wallet/pay", "invoice=" + invoice + "\r\n").status());
    assertEquals(400, client.post("/wallet/pay", invoice).status(), "paid already");
    assertEquals(400, client.post("/wallet/pay", "lnbc1foreign").status());
    assertEquals(400, client.post("/wallet/pay", "").status());
    assertEquals(405, client.get("/wallet/pay").status());
  }

  @Test
  void refusesToReadMoreThanAnInvoiceIntoTheWallet() throws IOException {
    assertEquals(400, client.post("/wallet/pay", "l".repeat(4096)).status());
    assertEquals(413, client.post("/wallet/pay", "l".repeat(4097)).status());
  }
}
