// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

/** What a backend can do beyond making invoices. */
public enum Capability {
  /** {@link LightningBackend#lookupInvoice} works: needed for strict verification. */
  LOOKUP,
  /** {@link LightningBackend#subscribeSettlements} works. */
  SETTLEMENTS,
  /** Amounts are exact to the millisatoshi; without it they are rounded up to the satoshi. */
  MSAT,
  /** {@link LightningBackend#cancelInvoice} works. */
  CANCEL,
  /** The backend can hold payments. */
  HOLD
}
