// SPDX-License-Identifier: Apache-2.0
package io.l402.bench;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.gate.Decision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is measured is the work it is called, with the outcome it should have. */
class VerifyBenchmarkTest {
  private final VerifyBenchmark benchmark = new VerifyBenchmark();

  @BeforeEach
  void setUp() throws Exception {
    benchmark.setUp();
  }

  @AfterEach
  void tearDown() {
    benchmark.tearDown();
  }

  @Test
  void theGateGrants() {
    assertInstanceOf(Decision.Granted.class, benchmark.gate());
  }

  @Test
  void theBareCryptoComesToTheSignature() {
    assertTrue(benchmark.bareCrypto() > 0);
  }

  @Test
  void jmacaroonsSaysValid() {
    assertTrue(benchmark.jmacaroons());
  }
}
