// SPDX-License-Identifier: Apache-2.0
package io.l402.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.l402.L402Identifier;
import io.l402.PaymentHash;
import io.l402.TokenId;
import io.l402.macaroon.RootKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryRootKeyStoreTest {
  private final SettableClock clock = new SettableClock();
  private final RootKeyStore store = RootKeyStore.inMemory(2, Duration.ofHours(1), clock);

  @Test
  void neverPushesOutAKeyThatLives() {
    L402Identifier first = identifier();
    L402Identifier second = identifier();
    RootKey key = store.create(first);
    store.create(second);
    for (int i = 0; i < 100; i++) {
      assertThrows(RootKeyStoreException.class, () -> store.create(identifier()));
    }
    assertEquals(List.of(key), store.candidates(first));
    assertEquals(key, store.create(first));
  }

  @Test
  void forgetsAKeyWhenItsLifeIsOverAndMakesRoom() {
    L402Identifier first = identifier();
    store.create(first);
    clock.advance(Duration.ofMinutes(59));
    assertEquals(1, store.candidates(first).size());
    store.create(identifier());
    clock.advance(Duration.ofMinutes(1));
    assertEquals(List.of(), store.candidates(first));
    store.create(identifier());
    assertThrows(RootKeyStoreException.class, () -> store.create(identifier()));
  }

  @Test
  void refusesNoRoomAndNoLife() {
    Duration hour = Duration.ofHours(1);
    assertThrows(IllegalArgumentException.class, () -> RootKeyStore.inMemory(0, hour, clock));
    assertThrows(
        IllegalArgumentException.class, () -> RootKeyStore.inMemory(1, Duration.ZERO, clock));
  }

  @Test
  void printsNoKey() {
    byte[] key = store.create(identifier()).toByteArray();
    assertFalse(store.toString().contains(HexFormat.of().formatHex(key)));
    assertEquals("InMemoryRootKeyStore(1 of 2)", store.toString());
  }

  private static L402Identifier identifier() {
    return new L402Identifier(PaymentHash.of(new byte[32]), TokenId.random(new SecureRandom()));
  }
}
