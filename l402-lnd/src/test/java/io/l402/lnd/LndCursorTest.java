// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.l402.PaymentHash;
import io.l402.lightning.LightningException;
import io.l402.lnd.LndCursor.Anchor;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LndCursorTest {
  @Test
  void nothingIsTheBeginning() {
    assertEquals(LndCursor.BEGINNING, LndCursor.parse(""));
    assertEquals(LndCursor.BEGINNING, LndCursor.parse(LndCursor.BEGINNING.toString()));
  }

  @Test
  void readsWhatItWrites() {
    PaymentHash hash = PaymentHash.ofHex("5a".repeat(32));
    LndCursor cursor = new LndCursor(123, Optional.of(new Anchor(120, hash)));
    assertEquals("123,120," + "5a".repeat(32), cursor.toString());
    assertEquals(cursor, LndCursor.parse(cursor.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "x", "-1", "1,2", "1,2,5a", "12345678901234567890", "1\n", "1,2,zz"})
  void refusesWhatIsNoneOfLnds(String text) {
    LightningException e = assertThrows(LightningException.class, () -> LndCursor.parse(text));
    assertEquals(LightningException.Kind.REJECTED, e.kind());
  }
}
