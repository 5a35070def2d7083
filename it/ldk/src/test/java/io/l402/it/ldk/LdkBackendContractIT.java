// SPDX-License-Identifier: Apache-2.0
package io.l402.it.ldk;

import io.l402.Preimage;
import io.l402.lightning.LightningBackend;
import io.l402.lightning.Network;
import io.l402.testkit.contract.LightningBackendContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every backend must do, done by a real node and paid over real HTLCs. */
@ExtendWith(LdkLibrary.class)
class LdkBackendContractIT extends LightningBackendContract {
  private static LdkPair pair;
  private static LdkPayer payer;

  @BeforeAll
  static void openChannel() throws Exception {
    pair = LdkPair.open();
    payer = new LdkPayer(pair.payer);
  }

  @AfterAll
  static void closeNodes() {
    if (pair != null) {
      payer.close();
      pair.close();
    }
  }

  @Override
  protected LightningBackend open() {
    return new LdkBackend(pair.payee);
  }

  @Override
  protected Preimage pay(String paymentRequest) throws Exception {
    return payer.pay(paymentRequest);
  }

  @Override
  protected Network network() {
    return Network.REGTEST;
  }

  @Override
  protected Duration patience() {
    return Duration.ofSeconds(30);
  }
}
