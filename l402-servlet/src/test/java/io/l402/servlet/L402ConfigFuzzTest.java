// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.l402.L402ConfigException;
import java.util.Map;

class L402ConfigFuzzTest {
  private static final int MAX_MESSAGE = 64 * 1024;

  @FuzzTest(maxDuration = "5s")
  void anyBytesMakeAConfigurationOrAreRefused(byte[] document) {
    try {
      L402Config config =
          L402Config.builder().document(document).environment(Map.of("HOME", "/")).build();
      assertNotNull(config.table().find("host:1", "/weather"));
    } catch (L402ConfigException e) {
      assertTrue(e.getMessage().length() < MAX_MESSAGE);
      assertTrue(e.getMessage().chars().allMatch(c -> c == '\n' || c >= 0x20 && c < 0x7f));
    }
  }
}
