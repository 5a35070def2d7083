// SPDX-License-Identifier: Apache-2.0
package io.l402.testkit;

import io.l402.Preimage;
import io.l402.lightning.Capability;
import io.l402.lightning.LightningBackend;
import io.l402.lightning.Network;
import io.l402.testkit.contract.LightningBackendContract;
import java.time.Clock;

/** The least that a backend can be: it knows no msat, cannot look up, cancel or tell. */
class FakeLightningInSatoshiContractTest extends LightningBackendContract {
  private final SettableClock clock = new SettableClock();
  private FakeLightning node;

  @Override
  protected LightningBackend open() {
    node =
        FakeLightning.builder()
            .clock(clock)
            .without(Capability.MSAT)
            .without(Capability.LOOKUP)
            .without(Capability.CANCEL)
            .without(Capability.SETTLEMENTS)
            .build();
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

  @Override
  protected Clock clock() {
    return clock;
  }
}
