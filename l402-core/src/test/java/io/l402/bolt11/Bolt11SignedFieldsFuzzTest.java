// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The checksum and the signature of an invoice keep a fuzzer out: here they are made to fit. The
 * input is the human-readable part, a 1 and the groups.
 */
class Bolt11SignedFieldsFuzzTest {
  @FuzzTest(maxDuration = "5s")
  void decodesOrRefusesSignedFields(byte[] input) {
    int separator = Math.max(0, new String(input, StandardCharsets.ISO_8859_1).indexOf('1'));
    String prefix = new String(input, 0, separator, StandardCharsets.US_ASCII);
    byte[] groups = Arrays.copyOfRange(input, separator, input.length);
    for (int i = 0; i < groups.length; i++) {
      groups[i] &= 31;
    }
    byte[] data = Arrays.copyOfRange(groups, Math.min(1, groups.length), groups.length);
    InvoiceSignature signature = InvoiceSignature.sign(prefix, data, SpecInvoices.KEY);
    Bolt11FuzzTest.decode(InvoiceCodec.encode(prefix, data, signature));
  }
}
