// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Secp256k1Test {
  /** Deterministic signatures that several libraries agree on (key 1, SHA-256 of the text). */
  @ParameterizedTest
  @CsvSource({
    "Satoshi Nakamoto, 934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8,"
        + " 2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5",
    "'All those moments will be lost in time, like tears in rain. Time to die...',"
        + " 8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b,"
        + " 547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21"
  })
  void signsDeterministicallyWithLowS(String text, String r, String s) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    InvoiceSignature signature = Secp256k1.sign(hash, BigInteger.ONE);
    assertEquals(new BigInteger(r, 16), signature.r());
    assertEquals(new BigInteger(s, 16), signature.s());
  }

  @Test
  void recoversTheKeyThatSignedAndNoOther() {
    Random random = new Random(3);
    for (int i = 0; i < 100; i++) {
      byte[] hash = new byte[32];
      random.nextBytes(hash);
      BigInteger key = new BigInteger(255, random).add(BigInteger.ONE);
      InvoiceSignature signature = Secp256k1.sign(hash, key);
      byte[] publicKey = Secp256k1.publicKey(key);
      assertArrayEquals(publicKey, Secp256k1.recover(hash, signature).orElseThrow());
      assertTrue(Secp256k1.isLowS(signature.s()));
      assertTrue(Secp256k1.verify(hash, signature, publicKey));
      hash[i % 32] ^= 1;
      assertFalse(Secp256k1.verify(hash, signature, publicKey));
    }
  }

  @Test
  void recoversNothingFromNumbersOutOfRange() {
    byte[] hash = new byte[32];
    BigInteger one = BigInteger.ONE;
    BigInteger order = SpecInvoices.ORDER;
    assertNothing(hash, new InvoiceSignature(BigInteger.ZERO, one, 0));
    assertNothing(hash, new InvoiceSignature(one, BigInteger.ZERO, 0));
    assertNothing(hash, new InvoiceSignature(order, one, 0));
    assertNothing(hash, new InvoiceSignature(one, order, 0));
    assertNothing(hash, new InvoiceSignature(one, one, 4));
    assertNothing(hash, new InvoiceSignature(order.subtract(one), one, 2));
  }

  private static void assertNothing(byte[] hash, InvoiceSignature signature) {
    assertEquals(Optional.empty(), Secp256k1.recover(hash, signature));
  }
}
