// SPDX-License-Identifier: Apache-2.0
package io.l402.testkit;

import io.l402.Preimage;
import io.l402.lightning.LightningBackend;
import io.l402.lightning.Network;
import io.l402.testkit.contract.LightningBackendContract;

class FakeLightningContractTest extends LightningBackendContract {
  private FakeLightning node;

  @Override
  protected LightningBackend open() {
    node = FakeLightning.create();
    return node;
  }

  @Override
  protected Preimage pay(String paymentRequest) {
    return node.pay(paymentRequest);
  }

  @Override
  protected Network network() {
    return Network.REGTEST;
  }
}
