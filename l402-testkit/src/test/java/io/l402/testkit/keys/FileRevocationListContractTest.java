// SPDX-License-Identifier: Apache-2.0
package io.l402.testkit.keys;

import io.l402.keys.RevocationList;
import io.l402.testkit.contract.RevocationListContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class FileRevocationListContractTest extends RevocationListContract {
  @TempDir Path folder;

  @Override
  protected RevocationList list() {
    return RevocationList.file(folder.resolve("revoked"), Clock.systemUTC());
  }
}
