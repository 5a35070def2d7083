// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.l402.MilliSatoshi;
import io.l402.PaymentHash;
import io.l402.lightning.Network;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Bolt11PropertyTest {
  private static final String CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void decodesWhatItSigned(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      NodeKey key = key(random);
      Bolt11 made = invoice(random).sign(key);
      Bolt11 read = Bolt11.decode(made.paymentRequest());
      assertSame(made, read);
      assertEquals(key.nodeId(), read.payee());
      assertSame(made, Bolt11.decode(made.paymentRequest().toUpperCase(Locale.ROOT)));
    }
  }

  @Test
  void refusesEveryChangedCharacter() {
    String invoice = SpecInvoices.text(SpecInvoices.coffee("1 cup coffee"));
    Random random = new Random(42);
    for (int i = 0; i < invoice.length(); i++) {
      char other = CHARSET.charAt(random.nextInt(32));
      String changed = invoice.substring(0, i) + other + invoice.substring(i + 1);
      if (!changed.equals(invoice)) {
        assertThrows(MalformedInvoiceException.class, () -> Bolt11.decode(changed), changed);
      }
    }
  }

  /** The end of the signature only says how to find the key, which a named payee need not. */
  @Test
  void aChangeWithARepairedChecksumIsRefusedOrSomebodyElses() {
    assertChangesAreHarmless(SpecInvoices.donation().payee(SpecInvoices.NODE), 1);
    assertChangesAreHarmless(SpecInvoices.donation(), 0);
  }

  private static void assertChangesAreHarmless(Bolt11Builder builder, int unchanged) {
    Bolt11 good = builder.sign(SpecInvoices.KEY);
    Bech32.Decoded bech32 = Bech32.decode(good.paymentRequest());
    for (int i = 0; i < bech32.groups.length - unchanged; i++) {
      byte[] groups = bech32.groups.clone();
      groups[i] ^= 1;
      assertRefusedOrSomebodyElses(Bech32.encode(bech32.prefix, groups), "group " + i);
    }
  }

  private static void assertRefusedOrSomebodyElses(String changed, String where) {
    try {
      assertNotEquals(SpecInvoices.NODE, Bolt11.decode(changed).payee(), where);
    } catch (MalformedInvoiceException expected) {
      assertNotNull(expected.getMessage());
    }
  }

  private static void assertSame(Bolt11 made, Bolt11 read) {
    assertEquals(made.network(), read.network());
    assertEquals(made.amount(), read.amount());
    assertEquals(made.timestamp(), read.timestamp());
    assertEquals(made.expiresAt(), read.expiresAt());
    assertEquals(made.paymentHash(), read.paymentHash());
    assertEquals(made.paymentSecret(), read.paymentSecret());
    assertEquals(made.description(), read.description());
    assertEquals(made.descriptionHash(), read.descriptionHash());
    assertEquals(made.metadata(), read.metadata());
    assertEquals(made.features(), read.features());
    assertEquals(made.minFinalCltvExpiry(), read.minFinalCltvExpiry());
    assertEquals(made.routeHints(), read.routeHints());
    assertEquals(made.fallbacks(), read.fallbacks());
    assertEquals(made.payee(), read.payee());
  }

  /** Fields in random order, each with what it must read as. */
  private static Bolt11Builder invoice(Random random) {
    Network[] networks = Network.values();
    Bolt11Builder builder =
        Bolt11.builder(networks[random.nextInt(networks.length)])
            .timestamp(Instant.ofEpochSecond(random.nextLong() & InvoiceCodec.MAX_TIMESTAMP));
    if (random.nextBoolean()) {
      builder.amount(
          new MilliSatoshi(1 + (long) (random.nextDouble() * MilliSatoshi.MAX_MSAT / 2)));
    }
    List<Runnable> fields = new ArrayList<>();
    fields.add(() -> builder.paymentHash(PaymentHash.of(bytes(random, 32))));
    fields.add(() -> builder.paymentSecret(ByteString.of(bytes(random, 32))));
    fields.add(() -> description(builder, random));
    fields.add(() -> builder.expiry(Duration.ofSeconds(random.nextInt(100_000))));
    fields.add(() -> builder.minFinalCltvExpiry(random.nextInt(2000)));
    fields.add(() -> builder.features(Features.of(8, 14, 17, 101 + 2 * random.nextInt(300))));
    fields.add(() -> builder.metadata(ByteString.of(bytes(random, random.nextInt(100)))));
    fields.add(() -> builder.routeHint(hops(random)));
    fields.add(() -> builder.fallback(new FallbackAddress(1, ByteString.of(bytes(random, 32)))));
    java.util.Collections.shuffle(fields, random);
    fields.forEach(Runnable::run);
    return builder;
  }

  private static void description(Bolt11Builder builder, Random random) {
    if (random.nextBoolean()) {
      builder.descriptionHash(ByteString.of(bytes(random, 32)));
    } else {
      builder.description("\u26a1 é \ud83d\ude00 ".repeat(random.nextInt(40)));
    }
  }

  private static List<RouteHop> hops(Random random) {
    List<RouteHop> hops = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      hops.add(
          new RouteHop(
              key(random).nodeId(),
              random.nextLong(),
              Integer.toUnsignedLong(random.nextInt()),
              Integer.toUnsignedLong(random.nextInt()),
              random.nextInt(0x10000)));
    }
    return hops;
  }

  private static NodeKey key(Random random) {
    byte[] bytes = bytes(random, 32);
    bytes[0] = 1;
    return NodeKey.of(bytes);
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
