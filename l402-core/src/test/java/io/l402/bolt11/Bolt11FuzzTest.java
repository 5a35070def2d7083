// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Whatever the input, decoding ends with an invoice that makes sense or with its one exception. */
class Bolt11FuzzTest {
  @FuzzTest(maxDuration = "5s")
  void decodesOrRefuses(byte[] input) {
    decode(new String(input, StandardCharsets.ISO_8859_1));
  }

  static void decode(String text) {
    Bolt11 invoice;
    try {
      invoice = Bolt11.decode(text);
    } catch (MalformedInvoiceException expected) {
      return;
    }
    check(invoice, text);
  }

  private static void check(Bolt11 invoice, String text) {
    boolean sound =
        invoice.toString().equals(text)
            && !invoice.expiresAt().isBefore(invoice.timestamp())
            && invoice.paymentSecret().length() == 32
            && invoice.description().isPresent() != invoice.descriptionHash().isPresent()
            && invoice.amount().map(a -> a.msat() > 0).orElse(true)
            && Bolt11.decode(text.toLowerCase(Locale.ROOT)).payee().equals(invoice.payee());
    if (!sound) {
      throw new IllegalStateException("an invoice that makes no sense: " + text);
    }
  }
}
