// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.l402.MilliSatoshi;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountCodecTest {
  @ParameterizedTest
  @CsvSource({
    "1, 10p",
    "99, 990p",
    "100, 1n",
    "1000, 10n",
    "10000, 100n",
    "100000, 1u",
    "250000000, 2500u",
    "100000000, 1m",
    "2000000000, 20m",
    "100000000000, 1",
    "967878534, 9678785340p",
    "10000000000000000, 100000"
  })
  void writesTheShortestForm(long msat, String text) {
    assertEquals(text, AmountCodec.encode(new MilliSatoshi(msat)));
    assertEquals(Optional.of(new MilliSatoshi(msat)), AmountCodec.decode(text));
  }

  @Test
  void readsBackEveryAmountItWrites() {
    Random random = new Random(11);
    for (int i = 0; i < 10_000; i++) {
      long msat = 1 + (random.nextLong() >>> 11 + random.nextInt(50)) % MilliSatoshi.MAX_MSAT;
      MilliSatoshi amount = new MilliSatoshi(msat);
      assertEquals(Optional.of(amount), AmountCodec.decode(AmountCodec.encode(amount)));
    }
  }

  @Test
  void readsNothingAsNoAmount() {
    assertEquals(Optional.empty(), AmountCodec.decode(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "0u",
        "01u",
        "u",
        "p",
        "1x",
        "1uu",
        "-1u",
        "+1u",
        "1.5u",
        "1p",
        "15p",
        "100001",
        "10000000000000001000p",
        "999999999999999999",
        "9999999999999999999999u",
        "1 u"
      })
  void refusesAnythingElse(String text) {
    assertThrows(MalformedInvoiceException.class, () -> AmountCodec.decode(text));
  }
}
