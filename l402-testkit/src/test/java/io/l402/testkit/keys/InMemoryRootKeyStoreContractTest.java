// SPDX-License-Identifier: Apache-2.0
package io.l402.testkit.keys;

import io.l402.keys.RootKeyStore;
import io.l402.testkit.contract.RootKeyStoreContract;
import java.time.Clock;
import java.time.Duration;

class InMemoryRootKeyStoreContractTest extends RootKeyStoreContract {
  @Override
  protected RootKeyStore store() {
    return RootKeyStore.inMemory(1_000, Duration.ofHours(1), Clock.systemUTC());
  }
}
