// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.l402.Preimage;
import io.l402.lightning.LightningBackend;
import io.l402.lightning.Network;
import io.l402.testkit.contract.LightningBackendContract;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The contract on a real node, with {@code -Plnd}; what must be paid, a second real node pays. */
@Tag("lnd")
class RealLndContractTest extends LightningBackendContract {
  @BeforeAll
  static void isThere() {
    assumeTrue(RealNode.named(RealNode.PAYEE).isPresent(), "L402_LNDHOST names no lnd");
  }

  @Override
  protected LightningBackend open() {
    LndSettings settings =
        payee().settings().invoiceExpiry(Duration.ofDays(1)).deadline(patience()).build();
    return LndBackend.connect(settings);
  }

  @Override
  protected Preimage pay(String paymentRequest) throws Exception {
    RealNode payer = RealNode.named(RealNode.PAYER).orElse(null);
    assumeTrue(payer != null, "L402_PAYER_LNDHOST names no lnd to pay with");
    try (RealPayer wallet = new RealPayer(payer)) {
      return wallet.pay(paymentRequest);
    }
  }

  @Override
  protected Network network() {
    return payee().network();
  }

  @Override
  protected Duration patience() {
    return Duration.ofSeconds(30);
  }

  private static RealNode payee() {
    return RealNode.named(RealNode.PAYEE).orElseThrow();
  }
}
