// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** No bytes make the reader throw anything but its own exception. */
class MacaroonV2FuzzTest {
  /** What reads is written again as the same bytes: there is one form of each macaroon. */
  @FuzzTest(maxDuration = "5s")
  void readsOrRefuses(byte[] bytes) {
    Macaroon macaroon;
    try {
      macaroon = MacaroonFormat.V2.decode(bytes);
    } catch (MalformedMacaroonException e) {
      return;
    }
    assertArrayEquals(bytes, MacaroonFormat.V2.encode(macaroon));
  }
}
