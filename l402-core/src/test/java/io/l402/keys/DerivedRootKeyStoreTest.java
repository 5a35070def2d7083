// SPDX-License-Identifier: Apache-2.0
package io.l402.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.l402.L402Identifier;
import io.l402.PaymentHash;
import io.l402.TokenId;
import io.l402.macaroon.RootKey;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class DerivedRootKeyStoreTest {
  private static final L402Identifier IDENTIFIER =
      new L402Identifier(
          PaymentHash.ofHex("630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd"),
          TokenId.ofHex("aa".repeat(32)));
  private static final String EXPECTED =
      "7c9d66a377ad0b02a9a72bb7da9970ecb895f3a78f0afd3713ec8565d365ff20";

  private static final byte[] COUNTING = counting(0);
  private static final byte[] OTHER = counting(7);

  @Test
  void derivesTheRootKeyOfTheVector() {
    RootKeyStore store = RootKeyStore.derived(MasterKeys.of(COUNTING));
    assertEquals(EXPECTED, hex(store.create(IDENTIFIER)));
    assertEquals(List.of(EXPECTED), store.candidates(IDENTIFIER).stream().map(this::hex).toList());
  }

  @Test
  void triesTheSigningKeyFirstAndThenTheOthersInOrder() {
    RootKeyStore store = RootKeyStore.derived(MasterKeys.of(OTHER, COUNTING, counting(9)));
    RootKey signed = store.create(IDENTIFIER);
    List<RootKey> candidates = store.candidates(IDENTIFIER);
    assertEquals(3, candidates.size());
    assertEquals(signed, candidates.get(0));
    assertEquals(EXPECTED, hex(candidates.get(1)));
    RootKey third = RootKeyStore.derived(MasterKeys.of(counting(9))).create(IDENTIFIER);
    assertEquals(third, candidates.get(2));
  }

  @Test
  void serversThatShareAMasterKeyAgree() {
    RootKeyStore one = RootKeyStore.derived(MasterKeys.of(COUNTING, OTHER));
    RootKeyStore rolledOver = RootKeyStore.derived(MasterKeys.of(OTHER, COUNTING));
    assertEquals(one.create(IDENTIFIER), rolledOver.candidates(IDENTIFIER).get(1));
    assertEquals(rolledOver.create(IDENTIFIER), one.candidates(IDENTIFIER).get(1));
  }

  @Test
  void everyIdentifierHasItsOwnKey() {
    RootKeyStore store = RootKeyStore.derived(MasterKeys.of(COUNTING));
    TokenId other = TokenId.random(new SecureRandom());
    assertNotEquals(
        store.create(IDENTIFIER),
        store.create(new L402Identifier(IDENTIFIER.paymentHash(), other)));
  }

  @Test
  void realmsAreKeptApart() {
    MasterKeys keys = MasterKeys.of(COUNTING);
    RootKey none = RootKeyStore.derived(keys).create(IDENTIFIER);
    RootKey one = RootKeyStore.derived(keys.withRealm("one")).create(IDENTIFIER);
    RootKey two = RootKeyStore.derived(keys.withRealm("two")).create(IDENTIFIER);
    assertNotEquals(none, one);
    assertNotEquals(one, two);
    assertEquals(none, RootKeyStore.derived(keys.withRealm("")).create(IDENTIFIER));
  }

  @Test
  void printsNoKey() {
    MasterKeys keys = MasterKeys.of(COUNTING, OTHER);
    RootKeyStore store = RootKeyStore.derived(keys);
    String printed = keys + " " + store + " " + store.candidates(IDENTIFIER);
    assertFalse(printed.contains(EXPECTED), printed);
    assertFalse(printed.contains(HexFormat.of().formatHex(COUNTING)), printed);
    assertEquals(
        "MasterKeys(2, redacted) DerivedRootKeyStore(2 keys, redacted) Candidates(2)", printed);
  }

  private String hex(RootKey key) {
    return HexFormat.of().formatHex(key.toByteArray());
  }

  private static byte[] counting(int from) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (from + i);
    }
    return bytes;
  }
}
