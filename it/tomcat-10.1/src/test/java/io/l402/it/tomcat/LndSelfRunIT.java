// SPDX-License-Identifier: Apache-2.0
package io.l402.it.tomcat;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.it.RawHttp;
import io.l402.it.RawResponse;
import io.l402.it.lnd.LndCustomer;
import io.l402.it.lnd.LndKeys;
import io.l402.it.war.SelfRun;
import io.l402.lnd.fake.FakeLnd;
import io.l402.lnd.fake.proto.WalletState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The WAR as a program that sells for a real node, named by its environment. */
class LndSelfRunIT {
  @TempDir static Path folder;
  private static FakeLnd lnd;
  private static SelfRun run;
  private static LndCustomer customer;

  @BeforeAll
  static void start() throws Exception {
    lnd = FakeLnd.create();
    var environment = LndKeys.asEnvironment(LndKeys.of(lnd, folder));
    run = SelfRun.start(folder, environment, "--port", "0");
    customer = new LndCustomer(run.port(), lnd);
  }

  @AfterAll
  static void stop() {
    if (run != null) {
      run.close();
    }
    lnd.close();
  }

  @Test
  void letsInWhoPaidTheRealNode() throws Exception {
    RawResponse answer = customer.get("/weather", customer.buy("/weather"));
    assertEquals(200, answer.status());
    assertTrue(answer.body().contains("Null Island"), answer::body);
  }

  @Test
  void hasNoWallet() throws Exception {
    assertEquals(404, customer.get("/wallet").status());
    assertEquals(404, customer.get("/assets/wallet.html").status());
    String invoice = customer.ask("/weather").challenge("invoice");
    assertEquals(404, RawHttp.post(run.port(), "/wallet/pay", invoice).status());
  }

  @Test
  void saysThatTheNodeIsReal() throws Exception {
    assertTrue(customer.get("/").body().contains("data-mode=\"real\""));
    assertFalse(run.output().contains("simulated"), run.output());
  }

  @Test
  void saysHowTheNodeIsInOneWord() throws Exception {
    awaitHealth("ready");
    lnd.state(WalletState.LOCKED);
    awaitHealth("not_ready");
    lnd.state(WalletState.SERVER_ACTIVE);
    awaitHealth("ready");
  }

  private static void awaitHealth(String word) {
    String expected = "{\"status\":\"up\",\"node\":\"real\",\"lightning\":\"" + word + "\"}\n";
    await().atMost(Duration.ofSeconds(60)).until(LndSelfRunIT::health, expected::equals);
  }

  private static String health() throws IOException {
    RawResponse answer = customer.get("/health");
    assertEquals(200, answer.status());
    return answer.body();
  }
}
