// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The official strings themselves, where somebody has them: they are not part of this project. */
@EnabledIfSystemProperty(named = "l402.bolt11.vectors", matches = ".+")
class Bolt11OfficialVectorsTest {
  private static final Pattern ROW =
      Pattern.compile(
          "\"id\": \"(V\\d+)\".*?\"invoice\": \"(\\w+)\".*?\"expect\": \"(\\w+)", Pattern.DOTALL);

  @Test
  void decodesOrRefusesEachAsItSays() throws Exception {
    Path file = Path.of(System.getProperty("l402.bolt11.vectors"));
    List<MatchResult> rows = ROW.matcher(Files.readString(file)).results().toList();
    assertTrue(rows.size() >= 26);
    for (MatchResult row : rows) {
      check(row.group(1), row.group(2), row.group(3).equals("VALID"));
    }
  }

  private static void check(String id, String invoice, boolean valid) {
    if (valid) {
      assertEquals(invoice, Bolt11.decode(invoice).paymentRequest(), id);
      assertEquals(invoice, SpecInvoices.valid().get(id).get(), id);
    } else {
      assertThrows(MalformedInvoiceException.class, () -> Bolt11.decode(invoice), id);
    }
  }
}
