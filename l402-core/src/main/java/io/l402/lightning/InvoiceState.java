// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

/** Where an invoice stands at the node. Only {@link #SETTLED} means paid. */
public enum InvoiceState {
  /** Waits to be paid. */
  OPEN,
  /** The payer's HTLCs are held, the preimage is not out. Not paid. */
  ACCEPTED,
  /** Paid, for good. */
  SETTLED,
  /** Canceled or expired: can no longer be paid. */
  CANCELED
}
