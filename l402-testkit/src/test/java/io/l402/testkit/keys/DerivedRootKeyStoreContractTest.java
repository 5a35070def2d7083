// SPDX-License-Identifier: Apache-2.0
package io.l402.testkit.keys;

import io.l402.keys.MasterKeys;
import io.l402.keys.RootKeyStore;
import io.l402.testkit.contract.RootKeyStoreContract;
import java.security.SecureRandom;

class DerivedRootKeyStoreContractTest extends RootKeyStoreContract {
  private final RootKeyStore store = RootKeyStore.derived(MasterKeys.inMemory(new SecureRandom()));

  @Override
  protected RootKeyStore store() {
    return store;
  }
}
