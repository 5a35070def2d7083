// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

/** Releases of lnd that answer differently in what a client may notice. */
public enum LndProfile {
  /** Before the State service: a locked wallet knows no Lightning service at all. */
  V0_12,
  /** An unknown invoice is UNKNOWN. */
  V0_13,
  /** Asks clients for five minutes between pings. */
  V0_16,
  /** An empty database has a text of its own. */
  V0_19,
  /** The current one. */
  V0_21;

  boolean hasStateService() {
    return compareTo(V0_13) >= 0;
  }

  boolean answersNotFound() {
    return compareTo(V0_16) >= 0;
  }

  boolean tellsAnEmptyDatabase() {
    return compareTo(V0_19) <= 0;
  }

  long secondsBetweenPings() {
    return compareTo(V0_16) <= 0 ? 300 : 5;
  }

  /** What GetInfo says. */
  String version() {
    return name().substring(1).replace('_', '.') + ".0-beta commit=fake";
  }
}
