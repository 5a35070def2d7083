// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.upstream;

import java.time.Instant;
import java.util.Locale;

/**
 * The tide at Null Island, where it follows the clock: twelve hours from one high water to the
 * next.
 */
final class TideTable {
  private static final double PERIOD_SECONDS = 12 * 3600;

  private TideTable() {}

  /** The height of the water in metres, from 0.00 to 2.00, with two digits. */
  static String height(Instant when) {
    double angle = 2 * Math.PI * (when.getEpochSecond() % PERIOD_SECONDS) / PERIOD_SECONDS;
    return String.format(Locale.ROOT, "%.2f", 1 + Math.cos(angle));
  }
}
