// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.lightning.Network;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Bolt11Test {
  private static final byte[] MILLION_YEARS = FiveBits.fromLong(1L << 58);

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "ln", "lnbc", "lnbc1", "1qqqqqq", "lnbc1é", "lnbc1qqqqqb"})
  void refusesWhatIsNoInvoice(String text) {
    assertThrows(MalformedInvoiceException.class, () -> Bolt11.decode(text));
  }

  @Test
  void refusesMoreThan7089CharactersBeforeLookingAtThem() {
    String message =
        assertThrows(MalformedInvoiceException.class, () -> Bolt11.decode("\0".repeat(7090)))
            .getMessage();
    assertTrue(message.contains("7090 characters exceed 7089"), message);
  }

  @Test
  void refusesAnInvoiceOfAnotherCurrency() {
    String litecoin = SpecInvoices.rawWithPrefix("lnltc1m", SpecInvoices.donation());
    assertThrows(MalformedInvoiceException.class, () -> Bolt11.decode(litecoin));
  }

  @Test
  void refusesFieldsThatEndTooSoon() {
    byte[] data = SpecInvoices.donation().data();
    for (int cut : new int[] {1, 4, 8, 60}) {
      byte[] shorter = Arrays.copyOf(data, data.length - cut);
      InvoiceSignature signature = InvoiceSignature.sign("lnbc", shorter, SpecInvoices.KEY);
      String invoice = InvoiceCodec.encode("lnbc", shorter, signature);
      assertThrows(MalformedInvoiceException.class, () -> Bolt11.decode(invoice), "cut " + cut);
    }
  }

  @Test
  void refusesAnExpiryBeyondTheEndOfTime() {
    assertRefused(SpecInvoices.donation().rawField(FieldType.EXPIRY, MILLION_YEARS), "end of time");
  }

  @Test
  void refusesAnExpiryOfMoreThan60Bits() {
    byte[] groups = new byte[13];
    groups[0] = 1;
    assertRefused(SpecInvoices.donation().rawField(FieldType.EXPIRY, groups), "60 bits");
  }

  @Test
  void refusesNumbersWithLeadingZeros() {
    byte[] padded = {0, 1};
    for (int type : new int[] {FieldType.EXPIRY, FieldType.MIN_FINAL_CLTV_EXPIRY}) {
      assertRefused(SpecInvoices.donation().rawField(type, padded), "leading zeros");
    }
  }

  @Test
  void refusesADescriptionThatIsNotUtf8() {
    Bolt11Builder builder = Bolt11.builder(Network.MAINNET).timestamp(SpecInvoices.TIME);
    builder.paymentHash(SpecInvoices.HASH).paymentSecret(SpecInvoices.SECRET);
    byte[] lone = FiveBits.fromBytes(new byte[] {(byte) 0xc3});
    assertRefused(builder.rawField(FieldType.DESCRIPTION, lone), "not UTF-8");
  }

  @Test
  void refusesBothADescriptionAndItsHash() {
    assertRefused(SpecInvoices.donation().descriptionHash(SpecInvoices.CAKE), "description");
  }

  @Test
  void refusesFieldsWithPaddingThatIsNotZero() {
    byte[] groups = FiveBits.fromBytes(new byte[32]);
    groups[51] |= 1;
    assertRefused(
        Bolt11.builder(Network.MAINNET)
            .timestamp(SpecInvoices.TIME)
            .rawField(FieldType.PAYMENT_HASH, groups),
        "padded");
  }

  @Test
  void refusesARouteHintThatIsNotWholeHops() {
    assertRefused(SpecInvoices.donation().rawField(FieldType.ROUTE_HINT, new byte[80]), "route");
  }

  @Test
  void refusesAnAddressOfTheWrongLength() {
    byte[] groups = new byte[30];
    groups[0] = FallbackAddress.P2PKH;
    assertRefused(SpecInvoices.donation().rawField(FieldType.FALLBACK, groups), "fallback");
  }

  @Test
  void refusesTheSignatureOfAnotherThanTheNamedNode() {
    byte[] other = new byte[32];
    other[31] = 7;
    NodeId named = NodeKey.of(other).nodeId();
    assertRefused(SpecInvoices.donation().payee(named), "not the named node's");
  }

  @Test
  void refusesANamedNodeThatIsNoPointOfTheCurve() {
    byte[] noPoint = new byte[NodeId.LENGTH];
    noPoint[0] = 2;
    noPoint[32] = 5;
    assertRefused(SpecInvoices.donation().payee(NodeId.of(noPoint)), "not the named node's");
  }

  @Test
  void takesTheNamedNodesSignature() {
    String invoice = SpecInvoices.text(SpecInvoices.donation().payee(SpecInvoices.NODE));
    assertEquals(SpecInvoices.NODE, Bolt11.decode(invoice).payee());
  }

  @Test
  void theFirstOfTwoFieldsHolds() {
    Bolt11Builder twice =
        SpecInvoices.coffee("first").description("second").expiry(Duration.ofHours(5));
    Bolt11 invoice = Bolt11.decode(SpecInvoices.text(twice));
    assertEquals("first", invoice.description().orElseThrow());
    assertEquals(Duration.ofMinutes(1), invoice.expiry());
  }

  @Test
  void expiresAnHourAfterItWasMadeWhereItDoesNotSay() {
    Bolt11 invoice = SpecInvoices.donation().sign(SpecInvoices.KEY);
    assertEquals(SpecInvoices.TIME.plusSeconds(3600), invoice.expiresAt());
  }

  @Test
  void isItsStringToTheLetter() {
    String upper = SpecInvoices.valid().get("V13").get();
    assertEquals(upper, Bolt11.decode(upper).toString());
    assertEquals(upper, Bolt11.decode(upper).paymentRequest());
    assertEquals(Bolt11.decode(upper), Bolt11.decode(upper));
    assertFalse(Bolt11.decode(upper).equals(SpecInvoices.donation().sign(SpecInvoices.KEY)));
  }

  @Test
  void readsAnInvoiceFullOfFields() {
    Bolt11Builder builder = SpecInvoices.donation();
    for (int i = 0; i < 2000; i++) {
      builder.rawField(31, new byte[0]);
    }
    String invoice = SpecInvoices.text(builder);
    assertEquals(SpecInvoices.NODE, Bolt11.decode(invoice).payee());
    builder.rawField(31, new byte[InvoiceCodec.MAX_LENGTH - invoice.length() - 3]);
    String longest = SpecInvoices.text(builder);
    assertEquals(InvoiceCodec.MAX_LENGTH, longest.length());
    assertEquals(SpecInvoices.HASH, Bolt11.decode(longest).paymentHash());
    builder.rawField(31, new byte[0]);
    assertThrows(IllegalStateException.class, () -> builder.sign(SpecInvoices.KEY));
  }

  @Test
  void saysWhetherAmpIsRequired() {
    Bolt11Builder builder = Bolt11.builder(Network.MAINNET).timestamp(SpecInvoices.TIME);
    builder.paymentHash(SpecInvoices.HASH).paymentSecret(SpecInvoices.SECRET).description("");
    assertTrue(
        builder.features(Features.of(8, 14, 30)).sign(SpecInvoices.KEY).features().requiresAmp());
    assertFalse(SpecInvoices.donation().sign(SpecInvoices.KEY).features().requiresAmp());
  }

  @Test
  void routeHintsAndFallbacksCannotBeChanged() {
    Bolt11 invoice = Bolt11.decode(SpecInvoices.valid().get("V6").get());
    assertThrows(UnsupportedOperationException.class, () -> invoice.fallbacks().clear());
    assertThrows(UnsupportedOperationException.class, () -> invoice.routeHints().add(List.of()));
  }

  private static void assertRefused(Bolt11Builder builder, String why) {
    String invoice = SpecInvoices.raw(builder);
    String message =
        assertThrows(MalformedInvoiceException.class, () -> Bolt11.decode(invoice)).getMessage();
    assertTrue(message.contains(why), message);
  }
}
