// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import io.l402.lnd.fake.proto.Invoice;
import java.util.List;

/** The fake's database as it was at some time: what an operator would have in a backup. */
public final class Snapshot {
  final List<Invoice> invoices;
  final long lastAddIndex;
  final long lastSettleIndex;

  Snapshot(List<Invoice> invoices, long lastAddIndex, long lastSettleIndex) {
    this.invoices = invoices;
    this.lastAddIndex = lastAddIndex;
    this.lastSettleIndex = lastSettleIndex;
  }
}
