// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.caveat.CaveatSatisfier;
import io.l402.gate.L402Listener;
import java.time.Clock;
import java.util.List;

/**
 * What only code can say.
 *
 * @param listener hears what happens
 * @param satisfiers judge caveats of the application's own
 * @param clock the time
 */
record Extensions(L402Listener listener, List<CaveatSatisfier> satisfiers, Clock clock) {
  Extensions {
    satisfiers = List.copyOf(satisfiers);
  }
}
