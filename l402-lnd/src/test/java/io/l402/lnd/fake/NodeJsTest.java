// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class NodeJsTest {
  @Test
  void skipsWhereNothingIsRequired() {
    assertThrows(TestAbortedException.class, () -> NodeJs.missing("no npm", null));
    assertThrows(TestAbortedException.class, () -> NodeJs.missing("no npm", "ldk"));
  }

  @Test
  void failsWhereNodeIsRequired() {
    assertThrows(AssertionFailedError.class, () -> NodeJs.missing("no npm", "ldk, node"));
  }

  @Test
  void lockFileNamesNoRegistry() throws IOException {
    String lock = Files.readString(Path.of("src/test/node/package-lock.json"));
    assertEquals(-1, lock.indexOf("\"resolved\""));
    assertEquals(-1, lock.indexOf("registry"));
  }
}
