// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** No bytes make the reader throw anything but its own exception. */
class MacaroonJsonFuzzTest {
  /** What reads is written again as an equal macaroon. */
  @FuzzTest(maxDuration = "5s")
  void readsOrRefuses(byte[] bytes) {
    Macaroon macaroon;
    try {
      macaroon = MacaroonFormat.V2_JSON.decode(bytes);
    } catch (MalformedMacaroonException e) {
      return;
    }
    assertEquals(macaroon, MacaroonFormat.V2_JSON.decode(MacaroonFormat.V2_JSON.encode(macaroon)));
  }
}
