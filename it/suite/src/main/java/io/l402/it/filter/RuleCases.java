// SPDX-License-Identifier: Apache-2.0
package io.l402.it.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.MilliSatoshi;
import io.l402.gate.Pricer;
import io.l402.it.HarnessCases;
import io.l402.it.RawHttp;
import io.l402.it.RawResponse;
import io.l402.keys.RootKeyStore;
import io.l402.keys.RootKeyStoreException;
import io.l402.macaroon.RootKey;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rules that a filter must keep so that nobody gets past it, R1 to R9, each by its number. R7,
 * on dispatches, has {@link DispatchCases} to itself.
 */
public abstract class RuleCases {
  private static final String[] NONE = {};

  @Test
  void r1RefusesToStartWhenItIsMappedToLessThanEverything() {
    try (Shop shop = Shop.registered("/paid/*", EnumSet.allOf(DispatcherType.class), true)) {
      Throwable failure = assertThrows(Exception.class, shop::start);
      String why = HarnessCases.causes(failure);
      assertTrue(why.contains("[/paid/*], not to /*"), why);
      assertTrue(why.contains("<url-pattern>/*</url-pattern>"), why);
    }
  }

  @Test
  void r1ServesNothingWhenItIsNotMappedForDispatches() throws Exception {
    try (Shop shop = Shop.registered("/*", EnumSet.of(DispatcherType.REQUEST), true)) {
      shop.start();
      assertEquals(503, shop.get("/open/x").status());
      assertEquals(503, shop.get("/paid/x").status());
      assertEquals(List.of(), shop.visits);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/open/../paid/x",
        "/open/%2e%2e/paid/x",
        "/open/..;/paid/x",
        "/open/..;a=b/paid/x",
        "/open//../paid/x",
        "/open/..%2fpaid/x",
        "/open/%2e%2e%2fpaid/x",
        "/./paid/x",
        "//paid/x",
        "/;/paid/x",
        "/;a=b/paid/x",
        "/paid;jsessionid=1/x",
        "/paid/;/x",
        "/paid/x;",
        "/paid%2fx",
        "/%70aid/x",
        "/p%61id/x",
        "/%2570aid/x",
        "/paid%3b/x",
        "/paid%00/x",
        "/paid/x%00",
        "/paid/x%0d%0aFoo:bar",
        "/open/%c0%ae%c0%ae/paid/x",
        "/paid/%zz",
        "/paid/%u0078",
        "/open/%252e%252e/paid/x",
        "/open/..%5cpaid/x",
        "/open\\..\\paid/x",
        "/PAID/x",
        "/paid./x",
        "/paid%20/x",
        "/paid/x/../../paid/y",
        "/paid/x#frag",
        "/paid",
        "/paid/",
        "/open%3f/../paid/x",
        "/go/../paid/x",
        "/paid/sample/../x",
        "/paid/sample;/../x",
        "/paid/sample/%2e%2e/x",
        "/paid/sample%2f..%2fx",
        "http://localhost/paid/x",
        "https://localhost/paid/x",
        "http:/paid/x",
        "paid/x",
        "*"
      })
  void r2DecidesOnThePathThatTheServletSees(String target) throws Exception {
    try (Shop shop = Shop.open()) {
      RawResponse answer = shop.get(target);
      List<Shop.Visit> unpaid =
          shop.visits.stream()
              .filter(visit -> visit.path().toLowerCase().startsWith("/paid"))
              .filter(visit -> !visit.path().equals("/paid/sample"))
              .toList();
      assertEquals(List.of(), unpaid, () -> target + " was answered " + answer);
      assertTrue(answer.status() < 500, () -> target + " was answered " + answer);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/paid/x%0ay",
        "/paid/x%7f",
        "/paid%2fx",
        "/paid%5cx",
        "/paid/%2e%2e/open",
        "/paid/..;/open",
        "/paid//x",
        "/paid/x;a=b",
        "/paid/x%2541",
        "/paid/%c0%ae",
        "/paid/%ff",
        "/paid/%e2%80%a8"
      })
  void r3RefusesAmbiguousPathsBeforeAnythingIsMinted(String target) throws Exception {
    try (Shop shop = Shop.open()) {
      assertEquals(400, shop.get(target).status());
      assertEquals(0, shop.node.createCalls());
      assertEquals(List.of(), shop.visits);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/PAID/x", "/Paid/X", "/paid/", "/paid", "/paid./x", "/paid/sample/"})
  void r4MatchesWhatIsPaidForGenerously(String target) throws Exception {
    try (Shop shop = Shop.open()) {
      assertEquals(402, shop.get(target).status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/paid/SAMPLE", "/paid/sample/", "/paid/sample.", "/paid/samples"})
  void r4MatchesWhatIsFreeExactly(String target) throws Exception {
    try (Shop shop = Shop.open()) {
      assertEquals(402, shop.get(target).status());
    }
  }

  @Test
  void r5MatchesExpressionsInLinearTimeAndAcrossNothing() throws Exception {
    try (Shop shop =
        Shop.open(
            config ->
                config.service(
                    "regex", service -> service.set("pathregexp", "^/open/r/(a|b)*$")))) {
      assertEquals(402, shop.get("/open/r/" + "ab".repeat(1_500)).status());
      assertEquals(400, shop.get("/open/r/ab%0a").status());
      assertEquals(List.of(), shop.visits);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TRACE, 405",
    "TRACK, 405",
    "JEFF, 405",
    "get, 405",
    "GeT, 405",
    "PROPFIND, 405",
  })
  void r6RefusesMethodsThatAreNotOurs(String method, int status) throws Exception {
    try (Shop shop = Shop.open()) {
      RawResponse answer = shop.exchange(method, "/paid/x");
      assertEquals(status, answer.status());
      boolean byContainer = answer.first("Vary").isEmpty();
      assertTrue(byContainer || answer.first("Allow").orElse("").contains("GET, "));
      assertEquals(405, shop.exchange(method, "/open/x").status());
      assertEquals(List.of(), shop.visits);
    }
  }

  @Test
  void r6NeverConnects() throws Exception {
    try (Shop shop = Shop.open()) {
      assertTrue(shop.exchange("CONNECT", "/paid/x").status() >= 400);
      assertTrue(shop.exchange("CONNECT", "localhost:80").status() >= 400);
      assertEquals(List.of(), shop.visits);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
  void r6AsksForMoneyWhateverTheMethod(String method) throws Exception {
    try (Shop shop = Shop.open()) {
      assertEquals(402, shop.exchange(method, "/paid/x").status());
      assertEquals(
          402, shop.exchange(method, "/paid/x", "X-HTTP-Method-Override: OPTIONS").status());
      assertEquals(
          402,
          shop.exchange(
                  method,
                  "/paid/x",
                  "Origin: https://a.example",
                  "Access-Control-Request-Method: GET")
              .status());
      assertEquals(List.of(), shop.visits);
    }
  }

  @Test
  void r6AnswersRealPreflightsWhereOtherOriginsAreAllowed() throws Exception {
    String[] preflight = {"Origin: https://a.example", "Access-Control-Request-Method: GET"};
    try (Shop shop = Shop.open(config -> config.initParameters(Map.of("cors.origins", "*")))) {
      RawResponse answer = shop.exchange("OPTIONS", "/paid/x", preflight);
      assertEquals(204, answer.status());
      assertEquals(
          "Authorization, Macaroon, Grpc-Metadata-Macaroon, Token, Content-Type",
          answer.first("Access-Control-Allow-Headers").orElse(""));
      assertEquals(402, shop.exchange("OPTIONS", "/paid/x", preflight[0]).status());
      assertEquals(402, shop.exchange("OPTIONS", "/paid/x", preflight[1]).status());
      String[] withBody = {preflight[0], preflight[1], "Content-Length: 1"};
      try (RawHttp http = new RawHttp(shop.port())) {
        http.send(RawHttp.head("OPTIONS", "/paid/x", withBody) + "x");
        assertEquals(402, http.read(false).status());
      }
      assertEquals(402, shop.exchange("POST", "/paid/x", preflight).status());
      assertEquals(List.of(), shop.visits);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "shop.test, 402", "SHOP.TEST, 402", "shop.test., 402", "Shop.Test.:80, 402",
    "shop.test:8081, 402", "evil.test, 421", "shop.test.evil.test, 421", "127.0.0.1, 421",
    "localhost, 421",
  })
  void r8KnowsItsHostsInEverySpellingAndNoOthers(String host, int status) throws Exception {
    try (Shop shop = Shop.open(config -> config.set("hosts", List.of("shop.test")))) {
      assertEquals(status, shop.get("/paid/x", "Host: " + host).status());
      assertEquals(List.of(), shop.visits);
    }
  }

  @Test
  void r8TakesNoRequestWithoutAHostWhereHostsAreConfigured() throws Exception {
    try (Shop shop = Shop.open(config -> config.set("hosts", List.of("shop.test")));
        RawHttp http = new RawHttp(shop.port())) {
      http.send("GET /paid/x HTTP/1.0\r\n\r\n");
      assertEquals(421, http.read(false).status());
      assertEquals(List.of(), shop.visits);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.test", "LOCALHOST", "localhost.", "localhost:1", "ex.test:443", "a, b", ""})
  void r8LetsNoHostChangeThePrice(String host) throws Exception {
    try (Shop shop = Shop.open()) {
      RawResponse answer = shop.get("/paid/x", "Host: " + host);
      assertTrue(answer.status() == 402 || answer.status() == 400, answer::toString);
      assertEquals(List.of(), shop.visits);
    }
  }

  @Test
  void r8LetsNoHostPastAServiceThatNamesItsOwn() throws Exception {
    try (Shop shop =
            Shop.open(
                config ->
                    config.service(
                        "hosted", service -> service.paths("/open/*").host("shop.test")));
        RawHttp http = new RawHttp(shop.port())) {
      assertEquals(402, shop.get("/open/x", "Host: shop.test").status());
      assertEquals(421, shop.get("/open/x", "Host: evil.test").status());
      http.send("GET /open/x HTTP/1.0\r\n\r\n");
      assertEquals(421, http.read(false).status());
      assertEquals(List.of(), shop.visits);
    }
  }

  @Test
  void r9GrantsNothingWhenAPriceFails() throws Exception {
    Pricer throwing =
        Pricer.computed(
            request -> {
              throw new IllegalStateException("no price");
            });
    Pricer failing =
        request -> CompletableFuture.failedFuture(new IOException("the price list is gone"));
    Pricer overflowing = Pricer.computed(RuleCases::overflow);
    for (Pricer pricer : List.of(throwing, failing, overflowing)) {
      try (Shop shop = Shop.open(config -> Shop.priced(config, pricer))) {
        RawResponse answer = shop.get("/open/priced/x");
        assertTrue(answer.status() == 503 || answer.status() == 500, answer::toString);
        assertEquals(List.of(), shop.visits);
      }
    }
  }

  private static MilliSatoshi overflow(Object request) {
    return overflow(request.toString());
  }

  private static MilliSatoshi overflow(String more) {
    return overflow(more + more.length());
  }

  @Test
  void r9GrantsNothingWhenKeysCannotBeRead() throws Exception {
    String credential;
    try (Shop other = Shop.open()) {
      credential = other.buy("/paid/x");
    }
    try (Shop shop = Shop.open(config -> config.rootKeyStore(new BrokenStore()))) {
      RawResponse answer = shop.get("/paid/x", credential);
      assertEquals(503, answer.status());
      assertTrue(answer.first("Retry-After").isPresent());
      assertEquals(503, shop.get("/paid/x", NONE).status());
      assertEquals(List.of(), shop.visits);
    }
  }

  private static final class BrokenStore implements RootKeyStore {
    @Override
    public RootKey create(io.l402.L402Identifier identifier) {
      throw new RootKeyStoreException("down");
    }

    @Override
    public List<RootKey> candidates(io.l402.L402Identifier identifier) {
      throw new RootKeyStoreException("down");
    }
  }
}
