// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.PaymentHash;
import io.l402.lnd.LndCursor.Anchor;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettlementRecordTest {
  private final SettlementRecord record = new SettlementRecord(LndCursor.BEGINNING);

  @Test
  void anchorsAtTheLastInOrder() {
    assertEquals("0", record.cursor().toString());
    add(1);
    add(2);
    assertEquals(cursor(2, 2), record.cursor());
  }

  /** The one that fills a gap is not the last: a node that was restored to below it would pass. */
  @Test
  void anchorsAtTheLastBelowTheWatermarkWhateverCameLast() {
    add(1);
    add(3);
    add(4);
    add(6);
    assertEquals(cursor(1, 1), record.cursor());
    add(2);
    assertEquals(cursor(4, 4), record.cursor());
    record.endGaps();
    assertEquals(cursor(6, 6), record.cursor());
  }

  @Test
  void keepsTheAnchorItBeganWith() {
    SettlementRecord resumed = new SettlementRecord(cursor(10, 9));
    assertEquals(cursor(10, 9), resumed.cursor());
    assertFalse(resumed.add(10, hash(10)));
    assertEquals(cursor(10, 9), resumed.cursor());
    assertTrue(resumed.add(11, hash(11)));
    assertEquals(cursor(11, 11), resumed.cursor());
  }

  @Test
  void remembersOnlySoManyHashes() {
    for (long index = 3002; index > 1; index--) {
      record.add(index, hash((int) (index % 100)));
    }
    add(1);
    assertEquals(3002, record.cursor().watermark());
    assertEquals(3002, record.cursor().anchor().orElseThrow().index());
  }

  private void add(int index) {
    assertTrue(record.add(index, hash(index)));
  }

  private static LndCursor cursor(long watermark, int anchor) {
    return new LndCursor(watermark, Optional.of(new Anchor(anchor, hash(anchor))));
  }

  private static PaymentHash hash(int number) {
    byte[] bytes = new byte[PaymentHash.LENGTH];
    bytes[0] = (byte) number;
    return PaymentHash.of(bytes);
  }
}
