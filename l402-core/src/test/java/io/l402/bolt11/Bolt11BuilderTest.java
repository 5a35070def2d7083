// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.l402.MilliSatoshi;
import io.l402.lightning.Network;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class Bolt11BuilderTest {
  private final Bolt11Builder builder = Bolt11.builder(Network.REGTEST);

  @Test
  void refusesAnAmountOfZero() {
    assertThrows(IllegalArgumentException.class, () -> builder.amount(MilliSatoshi.ZERO));
  }

  @Test
  void refusesATimeThatDoesNotFit() {
    assertThrows(IllegalArgumentException.class, () -> builder.timestamp(Instant.MAX));
    assertThrows(
        IllegalArgumentException.class, () -> builder.timestamp(Instant.ofEpochSecond(-1)));
  }

  @Test
  void refusesANegativeExpiry() {
    assertThrows(IllegalArgumentException.class, () -> builder.expiry(Duration.ofSeconds(-1)));
  }

  @Test
  void refusesADescriptionOver639Bytes() {
    builder.description("é".repeat(319) + "e");
    assertThrows(IllegalArgumentException.class, () -> builder.description("é".repeat(320)));
  }

  @Test
  void doesNotSignWithoutATime() {
    assertThrows(IllegalStateException.class, () -> builder.sign(SpecInvoices.KEY));
  }

  @Test
  void doesNotSignWhatCouldNotBeDecoded() {
    builder.timestamp(Instant.EPOCH).paymentHash(SpecInvoices.HASH).description("no secret");
    assertThrows(IllegalStateException.class, () -> builder.sign(SpecInvoices.KEY));
  }

  @Test
  void doesNotSignForAnotherNode() {
    byte[] other = new byte[32];
    other[0] = 1;
    NodeKey key = NodeKey.of(other);
    assertThrows(
        IllegalStateException.class,
        () -> SpecInvoices.donation().payee(SpecInvoices.NODE).sign(key));
  }
}
