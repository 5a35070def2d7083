// SPDX-License-Identifier: Apache-2.0
package io.l402.it.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.it.RawResponse;
import jakarta.servlet.DispatcherType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** R7: a decision holds for the path and the service it was made for, and for no others. */
public abstract class DispatchCases {
  private Shop shop;

  @BeforeEach
  void open() throws Exception {
    shop = Shop.open(config -> {}, application -> application.errorPage(410, "/error-page"));
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private List<String> paidVisits() {
    return shop.visits.stream().map(Shop.Visit::path).filter(p -> p.startsWith("/paid")).toList();
  }

  @Test
  void r7ForwardToWhatIsPaidForAsksForMoney() throws Exception {
    RawResponse answer = shop.get("/go/forward?to=/paid/x");
    assertEquals(402, answer.status());
    assertEquals("payment required\n", answer.body());
    assertEquals(List.of(), paidVisits());
    RawResponse paid = shop.get("/go/forward?to=/paid/x", shop.pay(answer));
    assertEquals("goods of /paid/x", paid.body());
    assertEquals(List.of("private"), paid.all("Cache-Control"));
    assertNotNull(shop.visits.get(shop.visits.size() - 1).token());
  }

  @Test
  void r7ForwardDoesNotCarryADecisionToAnotherService() throws Exception {
    String credential = shop.buy("/report/x");
    RawResponse answer = shop.get("/go/forward?to=/paid/x", credential);
    assertEquals(402, answer.status());
    assertEquals("wrong_service", answer.challenge("error"));
    assertEquals(List.of(), paidVisits());
  }

  @Test
  void r7ForwardThroughAnAmbiguousPathIsRefused() throws Exception {
    RawResponse answer = shop.get("/go/forward?to=/open/..%3b/paid/x");
    assertTrue(answer.status() >= 400, answer::toString);
    assertEquals(List.of(), paidVisits());
  }

  @Test
  void r7IncludeOfWhatIsPaidForWritesNothingOfIt() throws Exception {
    RawResponse answer = shop.get("/go/include?to=/paid/x");
    assertEquals(200, answer.status());
    assertEquals("before,refused", answer.body());
    assertEquals(List.of(), paidVisits());
    String credential = shop.buy("/paid/x");
    assertEquals("before,goods of /paid/x", shop.get("/go/include?to=/paid/x", credential).body());
  }

  @Test
  void r7IncludeOfWhatIsFreeGoesOn() throws Exception {
    assertEquals("before,goods of /paid/sample", shop.get("/go/include?to=/paid/sample").body());
    assertEquals("before,goods of /open/x", shop.get("/go/include?to=/open/x").body());
  }

  @Test
  void r7AsyncDispatchToWhatIsPaidForAsksForMoney() throws Exception {
    RawResponse answer = shop.get("/go/async?to=/paid/x");
    assertEquals(402, answer.status());
    assertEquals(List.of(), paidVisits());
    RawResponse paid = shop.get("/go/async?to=/paid/x", shop.pay(answer));
    assertEquals("goods of /paid/x", paid.body());
  }

  @Test
  void r7ErrorPagesAreShownAndKeepTheirStatus() throws Exception {
    RawResponse answer = shop.get("/go/error?to=410");
    assertEquals(410, answer.status());
    assertEquals("goods of /error-page", answer.body());
    String credential = shop.buy("/paid/fails");
    RawResponse paid = shop.get("/paid/fails", credential);
    assertEquals(410, paid.status());
    assertEquals("goods of /error-page", paid.body());
  }

  @Test
  void r7ErrorPagesNeverAskForMoney() throws Exception {
    try (Shop other =
        Shop.open(
            config -> config.service("errors", service -> service.paths("/error-page")),
            application -> application.errorPage(410, "/error-page"))) {
      RawResponse answer = other.get("/go/error?to=410");
      assertEquals(410, answer.status());
      assertEquals("", answer.body());
      assertEquals(List.of(), answer.all("WWW-Authenticate"));
      assertEquals(1, other.visits.size());
    }
  }

  @Test
  void r7ErrorPagesOfAServiceAreShownToWhoPaidForIt() throws Exception {
    try (Shop other =
        Shop.open(
            config -> config.service("all", service -> service.paths("/error-page", "/open/*")),
            application -> application.errorPage(410, "/error-page"))) {
      String credential = other.buy("/open/fails");
      RawResponse answer = other.get("/open/fails", credential);
      assertEquals(410, answer.status());
      assertEquals("goods of /error-page", answer.body());
    }
  }

  @Test
  void r7ANestedDispatchLeavesTheCallersTokenAsItWas() throws Exception {
    shop.get("/go/include?to=/paid/x", shop.buy("/paid/x"));
    Shop.Visit included = shop.visits.get(shop.visits.size() - 1);
    assertEquals(DispatcherType.INCLUDE, included.type());
    assertNotNull(included.token());
    shop.get("/go/include?to=/paid/sample", shop.buy("/paid/x"));
    assertNull(shop.visits.get(shop.visits.size() - 1).token());
  }

  @Test
  void r7AViewInsideTheApplicationIsPartOfItsPage() throws Exception {
    try (Shop other =
        Shop.open(
            config ->
                config.service(
                    "all",
                    service -> service.paths("/go/*", "/WEB-INF/*").set("auth", "freebie 1")))) {
      String page = "/go/forward?to=/WEB-INF/view";
      assertEquals("goods of /WEB-INF/view", other.get(page).body());
      RawResponse answer = other.get(page);
      assertEquals(402, answer.status());
      assertEquals("goods of /WEB-INF/view", other.get(page, other.pay(answer)).body());
      assertTrue(other.get("/WEB-INF/view").status() >= 400);
      assertEquals(4, other.visits.size());
    }
  }

  @Test
  void r7AFreeRequestIsCountedOnceHoweverOftenItIsDispatched() throws Exception {
    try (Shop other =
        Shop.open(
            config ->
                config.service(
                    "trial", service -> service.paths("/open/*").set("auth", "freebie 2")))) {
      assertEquals("goods, later", other.get("/open/async").body());
      assertEquals("goods of /open/x", other.get("/open/x").body());
      assertEquals(402, other.get("/open/x").status());
    }
  }
}
