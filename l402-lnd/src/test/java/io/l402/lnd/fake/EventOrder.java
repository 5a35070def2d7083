// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

/** How the events of a subscription reach the subscriber. */
public enum EventOrder {
  /** As lnd sends them. */
  FAITHFUL,
  /** Each one twice in a row. */
  DUPLICATED,
  /** Each pair in the wrong order; an odd last one waits for its partner. */
  SWAPPED
}
