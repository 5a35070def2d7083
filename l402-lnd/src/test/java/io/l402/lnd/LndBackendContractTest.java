// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import io.l402.Preimage;
import io.l402.lightning.LightningBackend;
import io.l402.lightning.Network;
import io.l402.lnd.fake.FakeLnd;
import io.l402.testkit.contract.LightningBackendContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

class LndBackendContractTest extends LightningBackendContract {
  private FakeLnd lnd;

  @Override
  protected LightningBackend open() {
    lnd = FakeLnd.create();
    return LndBackend.connect(
        LndSettings.builder(lnd.host())
            .tlsCertificate(lnd.tlsCert())
            .macaroon(lnd.invoiceMacaroon())
            .network(Network.REGTEST)
            .invoiceExpiry(Duration.ofDays(1))
            .build());
  }

  @AfterEach
  void close() {
    lnd.close();
  }

  @Override
  protected Preimage pay(String paymentRequest) {
    return lnd.pay(paymentRequest);
  }

  @Override
  protected Network network() {
    return Network.REGTEST;
  }
}
