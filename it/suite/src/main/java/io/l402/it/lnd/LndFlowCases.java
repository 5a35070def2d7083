// SPDX-License-Identifier: Apache-2.0
package io.l402.it.lnd;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.PaymentHash;
import io.l402.bolt11.Bolt11;
import io.l402.it.RawHttp;
import io.l402.it.RawResponse;
import io.l402.it.RunningContainer;
import io.l402.it.TestContainer;
import io.l402.it.WebApplication;
import io.l402.lnd.fake.FakeLnd;
import io.l402.lnd.fake.proto.WalletState;
import io.l402.servlet.L402Filter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client asks, pays over lnd and gets in; and what becomes of that when lnd does not work. */
public abstract class LndFlowCases {
  private static final int MANY = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final FakeLnd lnd = FakeLnd.create();

  @AfterEach
  void stopLnd() {
    lnd.close();
  }

  @Test
  void letsInWhoPaidARealInvoice() throws Exception {
    try (LndShop shop = open(Map.of())) {
      LndCustomer customer = shop.customer();
      RawResponse challenge = customer.ask("/paid/x");
      Bolt11 invoice = Bolt11.decode(challenge.challenge("invoice"));
      assertEquals(10_000, invoice.amount().orElseThrow().msat());
      assertEquals(200, customer.get("/paid/x", customer.pay(challenge)).status());
      assertEquals(1, lnd.calls("AddInvoice"));
      assertEquals(0, lnd.calls("LookupInvoice"), "a sold token is no matter of the node's");
    }
  }

  @Test
  void takesInitParameters() throws Exception {
    Map<String, String> parameters = LndShop.initParameters(keys(Map.of()));
    WebApplication application =
        WebApplication.of(
            context -> LndShop.register(context, new L402Filter()).setInitParameters(parameters));
    try (RunningContainer container = TestContainer.current().start(application)) {
      LndCustomer customer = new LndCustomer(container.port(), lnd);
      assertEquals(200, customer.get("/paid/x", customer.buy("/paid/x")).status());
      assertEquals("goods", customer.get("/open/x").body());
    }
  }

  @Test
  void namesTheServiceAndThePublicHostInTheMemoWhateverTheHostField() throws Exception {
    try (LndShop shop = open(Map.of("publichost", "shop.example"))) {
      RawResponse challenge = shop.customer().ask("/paid/x", "Host: evil.example");
      Bolt11 invoice = Bolt11.decode(challenge.challenge("invoice"));
      assertEquals("L402 paid shop.example", invoice.description().orElseThrow());
      assertEquals("L402 paid shop.example", lnd.invoices().get(0).getMemo());
    }
  }

  @Test
  void letsInAtOnceUnderStrictVerification() throws Exception {
    try (LndShop shop = open(Map.of("strictverify", "true"))) {
      LndCustomer customer = shop.customer();
      assertEquals(200, customer.get("/paid/x", customer.buy("/paid/x")).status());
      assertEquals(1, lnd.calls("LookupInvoice"));
    }
  }

  @Test
  void refusesALeakedPreimageOfAnOpenInvoiceUnderStrictVerification() throws Exception {
    try (LndShop shop = open(Map.of("strictverify", "true"))) {
      LndCustomer customer = shop.customer();
      RawResponse challenge = customer.ask("/paid/x");
      String leaked = LndCustomer.field(challenge, lnd.preimages().get(0));
      RawResponse refused = customer.get("/paid/x", leaked, "Accept: application/json");
      assertEquals(503, refused.status());
      assertTrue(refused.body().contains("\"reason\":\"unsettled\""), refused::body);
      customer.pay(challenge);
      assertEquals(200, customer.get("/paid/x", leaked).status(), "as soon as it is paid");
    }
  }

  @Test
  void looksUpOnceForAHundredRequestsAtATime() throws Exception {
    try (LndShop shop = open(Map.of("strictverify", "true"))) {
      LndCustomer customer = shop.customer();
      String credential = customer.buy("/paid/x");
      lnd.faults().on("LookupInvoice").latency(Duration.ofSeconds(1));
      List<RawHttp> waiting = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        RawHttp http = new RawHttp(customer.port());
        waiting.add(http.send(RawHttp.head("GET", "/paid/" + i, credential)));
      }
      for (RawHttp http : waiting) {
        assertEquals(200, http.read(false).status());
        http.close();
      }
      assertEquals(1, lnd.calls("LookupInvoice"));
    }
  }

  @Test
  void goesOnWithSoldTokensWhileLndIsDown() throws Exception {
    survives(lnd::crash, lnd::start);
  }

  @Test
  void goesOnWithSoldTokensWhileNothingArrives() throws Exception {
    survives(() -> lnd.wire().blackHole(), () -> lnd.wire().restore());
  }

  @Test
  void goesOnWithSoldTokensWhileTheWalletIsLocked() throws Exception {
    survives(() -> lnd.state(WalletState.LOCKED), () -> lnd.state(WalletState.SERVER_ACTIVE));
  }

  @Test
  void goesOnWithSoldTokensUntilTheRightMacaroonIsPutInPlace() throws Exception {
    Path right = Files.copy(lnd.invoiceMacaroon(), folder.resolve("right.macaroon"));
    survives(
        () -> lnd.bake(lnd.invoiceMacaroon(), "info:read"),
        () -> Files.move(right, lnd.invoiceMacaroon(), StandardCopyOption.REPLACE_EXISTING));
  }

  private interface Step {
    void run() throws Exception;
  }

  private void survives(Step harm, Step cure) throws Exception {
    try (LndShop shop = open(Map.of("backenddeadline", "2s"))) {
      LndCustomer customer = shop.customer();
      String sold = buyWhenReady(customer);
      harm.run();
      assertDown(customer, sold);
      cure.run();
      String bought = buyWhenReady(customer);
      assertEquals(200, customer.get("/paid/x", bought).status());
    }
  }

  private static void assertDown(LndCustomer customer, String sold) throws IOException {
    for (String type : List.of("text/plain", "text/html", "application/json")) {
      RawResponse refused = customer.get("/paid/x", "Accept: " + type);
      assertEquals(503, refused.status());
      assertTrue(refused.first("Retry-After").orElse("").matches("[1-9][0-9]*"));
      assertSaysNothing(refused.toString().toLowerCase(Locale.ROOT));
      assertEquals(200, customer.get("/paid/x", sold).status());
    }
  }

  /** Neither lnd's words nor ours for them. */
  private static void assertSaysNothing(String answer) {
    for (String word : List.of("lnd", "wallet", "macaroon ", "permission", "locked", "grpc-")) {
      assertFalse(answer.replace("grpc-metadata-", "").contains(word), answer);
    }
  }

  /** A cold JVM on a busy machine may need more than the two seconds once. */
  private static String buyWhenReady(LndCustomer customer) {
    RawResponse challenge =
        await()
            .atMost(PATIENCE)
            .until(() -> customer.get("/paid/x"), answer -> answer.status() == 402);
    return customer.pay(challenge);
  }

  @Test
  void startsWhileLndIsDownAndSellsWhenItComes() throws Exception {
    lnd.stop();
    try (LndShop shop = open(Map.of("backenddeadline", "2s"))) {
      assertEquals(503, shop.customer().get("/paid/x").status());
      lnd.start();
      assertEquals(200, shop.customer().get("/paid/x", buyWhenReady(shop.customer())).status());
    }
  }

  @Test
  void tellsOfEachPaymentOnceAlsoOfThoseWhileItWasStopped() throws Exception {
    Path file = folder.resolve("settled");
    Map<String, String> keys = keys(Map.of("settlementcursorfile", file.toString()));
    Set<PaymentHash> paid = new HashSet<>();
    try (LndShop shop = LndShop.openListening(lnd, folder, keys)) {
      paid.add(pay(shop.customer().ask("/paid/x")));
      paid.add(pay(shop.customer().ask("/paid/x")));
      awaitSettled(shop, paid);
      RawResponse unpaid = shop.customer().ask("/paid/x");
      shop.stop();
      paid.add(pay(unpaid));
      shop.start();
      awaitSettled(shop, paid);
      paid.add(pay(shop.customer().ask("/paid/x")));
      awaitSettled(shop, paid);
      assertEquals(paid.size(), shop.settled().size(), "none twice");
    }
  }

  private static void awaitSettled(LndShop shop, Set<PaymentHash> paid) {
    await().atMost(PATIENCE).untilAsserted(() -> assertEquals(paid, Set.copyOf(shop.settled())));
  }

  private PaymentHash pay(RawResponse challenge) {
    String invoice = challenge.challenge("invoice");
    lnd.pay(invoice);
    return Bolt11.decode(invoice).paymentHash();
  }

  private LndShop open(Map<String, String> further) throws Exception {
    return LndShop.open(lnd, folder, keys(further));
  }

  private Map<String, String> keys(Map<String, String> further) {
    Map<String, String> keys = LndKeys.of(lnd, folder);
    keys.putAll(further);
    return keys;
  }
}
