// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import io.l402.PaymentHash;
import io.l402.lightning.LightningException;
import io.l402.lightning.LightningException.Kind;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far the settlements of a node were told of.
 *
 * @param watermark lnd's number of the last settlement before which none is missing; 0 for none
 * @param anchor a settlement that was told of, at or below the watermark: what tells this node's
 *     record from one that was restored from a backup
 */
record LndCursor(long watermark, Optional<Anchor> anchor) {
  static final LndCursor BEGINNING = new LndCursor(0, Optional.empty());

  private static final Pattern FORM =
      Pattern.compile("(\\d{1,18})(?:,(\\d{1,18}),([0-9a-f]{64}))?");

  /** A settlement: lnd's number and the invoice. */
  record Anchor(long index, PaymentHash paymentHash) {}

  /**
   * Reads a cursor; the empty one is the beginning.
   *
   * @throws LightningException of kind {@link Kind#REJECTED} if it is none of lnd's
   */
  static LndCursor parse(String text) {
    if (text.isEmpty()) {
      return BEGINNING;
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new LightningException(Kind.REJECTED, "lnd: not a cursor of lnd's settlements");
    }
    Optional<Anchor> anchor =
        Optional.ofNullable(form.group(2))
            .map(index -> new Anchor(Long.parseLong(index), PaymentHash.ofHex(form.group(3))));
    return new LndCursor(Long.parseLong(form.group(1)), anchor);
  }

  /** As it is kept. */
  @Override
  public String toString() {
    return watermark + anchor.map(a -> "," + a.index + "," + a.paymentHash.toHex()).orElse("");
  }
}
