// SPDX-License-Identifier: Apache-2.0
package io.l402.testkit.keys;

import io.l402.keys.RevocationList;
import io.l402.testkit.contract.RevocationListContract;

class InMemoryRevocationListContractTest extends RevocationListContract {
  @Override
  protected RevocationList list() {
    return RevocationList.inMemory();
  }
}
