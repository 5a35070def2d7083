// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import io.l402.PaymentHash;
import io.l402.lnd.LndCursor.Anchor;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far the settlements of a node were told of: which numbers, and the hash of the last of them,
 * by which this node's record is known again. Not safe for use by many threads.
 */
final class SettlementRecord {
  /** More than this many ahead of the watermark, and the anchor may lie below it. */
  private static final int MAX_HASHES = 1_000;

  private final SettlementWindow window;
  private final TreeMap<Long, PaymentHash> hashes = new TreeMap<>();
  private Optional<Anchor> anchor;

  SettlementRecord(LndCursor from) {
    window = new SettlementWindow(from.watermark());
    anchor = from.anchor();
  }

  /** Adds a settlement; whether it is new. */
  boolean add(long index, PaymentHash paymentHash) {
    boolean added = window.add(index);
    if (added) {
      hashes.put(index, paymentHash);
      moveAnchor();
    }
    return added;
  }

  /** See {@link SettlementWindow#endGaps}. */
  void endGaps() {
    window.endGaps();
    moveAnchor();
  }

  /** The last one told of that is not above the watermark. */
  private void moveAnchor() {
    Map.Entry<Long, PaymentHash> last = hashes.floorEntry(window.watermark());
    if (last != null) {
      if (last.getKey() > anchor.map(Anchor::index).orElse(0L)) {
        anchor = Optional.of(new Anchor(last.getKey(), last.getValue()));
      }
      hashes.headMap(last.getKey(), true).clear();
    }
    if (hashes.size() > MAX_HASHES) {
      hashes.pollFirstEntry();
    }
  }

  LndCursor cursor() {
    return new LndCursor(window.watermark(), anchor);
  }
}
