// SPDX-License-Identifier: Apache-2.0
package io.l402.it.ldk;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class LdkLibraryTest {
  @Test
  void takesASystemThatHasTheLibrary() {
    LdkLibrary.check("Linux", "amd64", "ldk");
  }

  @Test
  void skipsWhereThereIsNone() {
    assertThrows(TestAbortedException.class, () -> LdkLibrary.check("Linux", "riscv64", "node"));
  }

  @Test
  void failsWhereItIsRequired() {
    assertThrows(
        AssertionFailedError.class, () -> LdkLibrary.check("Linux", "riscv64", "ldk,node"));
  }
}
