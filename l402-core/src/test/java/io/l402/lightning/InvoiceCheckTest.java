// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.MilliSatoshi;
import io.l402.PaymentHash;
import io.l402.bolt11.Bolt11;
import io.l402.bolt11.ByteString;
import io.l402.bolt11.Features;
import io.l402.lightning.LightningException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InvoiceCheckTest {
  private static final Duration EXPIRY = Duration.ofMinutes(10);
  private static final InvoiceRequest REQUEST = request(10_500, EXPIRY);

  private Instant now = ScriptedBackend.NOW;

  @Test
  void takesTheInvoiceThatWasAskedFor() {
    Bolt11 invoice = check(true, ScriptedBackend.answer(REQUEST));
    assertEquals(Optional.of(REQUEST.amount()), invoice.amount());
  }

  @Test
  void refusesAnotherNetwork() {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    for (Network network : Network.values()) {
      InvoiceCheck check = new InvoiceCheck(network, true, clock);
      if (network != Network.REGTEST) {
        assertThrows(
            LightningException.class, () -> check.check(REQUEST, ScriptedBackend.answer(REQUEST)));
      }
    }
  }

  @Test
  void refusesAPaymentHashThatIsNotTheNodes() {
    Invoice good = ScriptedBackend.answer(REQUEST);
    Invoice lie = new Invoice(PaymentHash.ofHex("cd".repeat(32)), good.paymentRequest());
    assertRejected(true, lie, "payment hash");
  }

  @Test
  void refusesAnyOtherAmount() {
    for (long msat : new long[] {10_499, 10_501, 11_000, 10_000, 1}) {
      assertRejected(true, ScriptedBackend.answer(request(msat, EXPIRY)), "asked for 10500msat");
    }
  }

  @Test
  void refusesAnInvoiceWhosePayerChoosesTheAmount() {
    Invoice any =
        ScriptedBackend.signed(
            Bolt11.builder(Network.REGTEST)
                .timestamp(now)
                .paymentHash(ScriptedBackend.HASH)
                .paymentSecret(ByteString.of(new byte[32]))
                .description("any"));
    assertRejected(true, any, "any amount");
    assertRejected(false, any, "any amount");
  }

  @Test
  void withoutMsatTheAmountMayBeRoundedUpToTheSatoshi() {
    check(false, ScriptedBackend.answer(request(11_000, EXPIRY)));
    check(false, ScriptedBackend.answer(REQUEST));
    assertRejected(false, ScriptedBackend.answer(request(10_000, EXPIRY)), "asked for");
    assertRejected(false, ScriptedBackend.answer(request(12_000, EXPIRY)), "asked for");
  }

  @Test
  void refusesAnInvoiceThatCanBePaidForLongerThanAsked() {
    Invoice longer = ScriptedBackend.answer(request(10_500, EXPIRY.plusSeconds(1)));
    assertRejected(true, longer, "PT10M1S");
    check(true, ScriptedBackend.answer(request(10_500, EXPIRY.minusSeconds(1))));
  }

  @Test
  void refusesAnExpiredInvoice() {
    now = ScriptedBackend.NOW.plus(EXPIRY).minusSeconds(1);
    check(true, ScriptedBackend.answer(REQUEST));
    now = ScriptedBackend.NOW.plus(EXPIRY);
    assertRejected(true, ScriptedBackend.answer(REQUEST), "expired");
  }

  @Test
  void refusesAnAmpInvoice() {
    Invoice amp =
        ScriptedBackend.signed(
            Bolt11.builder(Network.REGTEST)
                .amount(REQUEST.amount())
                .timestamp(now)
                .paymentHash(ScriptedBackend.HASH)
                .paymentSecret(ByteString.of(new byte[32]))
                .description("amp")
                .expiry(EXPIRY)
                .features(Features.of(8, 14, 30)));
    assertRejected(true, amp, "AMP");
  }

  @Test
  void refusesWhatIsNoInvoice() {
    assertRejected(true, new Invoice(ScriptedBackend.HASH, "lnbcrt"), "");
    assertRejected(true, null, "none");
  }

  private Bolt11 check(boolean msat, Invoice invoice) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    return new InvoiceCheck(Network.REGTEST, msat, clock).check(REQUEST, invoice);
  }

  private void assertRejected(boolean msat, Invoice invoice, String why) {
    LightningException e = assertThrows(LightningException.class, () -> check(msat, invoice));
    assertEquals(Kind.REJECTED, e.kind());
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  private static InvoiceRequest request(long msat, Duration expiry) {
    return new InvoiceRequest(new MilliSatoshi(msat), "weather", expiry);
  }
}
