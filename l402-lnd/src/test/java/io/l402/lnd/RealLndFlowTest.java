// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.l402.L402Challenge;
import io.l402.PaymentHash;
import io.l402.lightning.BackendHealth;
import io.l402.lightning.LightningException.Kind;
import io.l402.lightning.SettlementFeed;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the challenge to the token, on two real nodes, with {@code -Plnd}. */
@Tag("lnd")
class RealLndFlowTest {
  @TempDir Path folder;

  @BeforeEach
  void bothAreThere() {
    assumeTrue(RealNode.named(RealNode.PAYEE).isPresent(), "L402_LNDHOST names no lnd");
    assumeTrue(RealNode.named(RealNode.PAYER).isPresent(), "L402_PAYER_LNDHOST names no lnd");
  }

  @Test
  void sellsAgainstARealPaymentAndHearsOfItOnce() throws Exception {
    Sales sales = new Sales();
    try (Till till = Till.openStrict(payee().settings().build());
        RealPayer wallet = new RealPayer(payer())) {
      L402Challenge challenge = till.challenge();
      PaymentHash hash = challenge.invoice().paymentHash();
      SettlementFeed feed =
          SettlementFeed.open(till.backend, Optional.of(folder.resolve("cursor")), sales);
      String token =
          challenge
              .withPreimage(wallet.pay(challenge.invoice().paymentRequest()))
              .toAuthorization();
      till.assertGranted(token);
      sales.awaitAll(List.of(hash));
      feed.close();
      assertEquals(1, sales.all().stream().filter(hash::equals).count());
    }
  }

  @Test
  void goesOnAtTheCursorAfterARestart() throws Exception {
    Path cursor = folder.resolve("cursor");
    try (Till till = Till.open(payee().settings().build());
        RealPayer wallet = new RealPayer(payer())) {
      Sales before = new Sales();
      SettlementFeed feed = SettlementFeed.open(till.backend, Optional.of(cursor), before);
      before.awaitAll(List.of(sell(till, wallet)));
      feed.close();
      List<PaymentHash> meanwhile = List.of(sell(till, wallet), sell(till, wallet));
      Sales after = new Sales();
      SettlementFeed next = SettlementFeed.open(till.backend, Optional.of(cursor), after);
      after.awaitAll(meanwhile);
      next.close();
      after.assertExactly(meanwhile);
    }
  }

  private static PaymentHash sell(Till till, RealPayer wallet) throws Exception {
    L402Challenge challenge = till.challenge();
    return wallet.pay(challenge.invoice().paymentRequest()).paymentHash();
  }

  @Test
  void toldByAnotherNodesMacaroonThatItIsWrong() {
    LndSettings settings = payee().settings().macaroon(payer().macaroon()).build();
    try (Till till = Till.open(settings)) {
      till.assertNoChallenge();
      assertEquals(Kind.AUTH, till.failures.get(0).kind());
      till.assertHealth(BackendHealth.Status.AUTH, "another node's or revoked");
    }
  }

  private static RealNode payee() {
    return RealNode.named(RealNode.PAYEE).orElseThrow();
  }

  private static RealNode payer() {
    return RealNode.named(RealNode.PAYER).orElseThrow();
  }
}
