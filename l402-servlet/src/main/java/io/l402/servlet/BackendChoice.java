// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.lightning.BackendSettings;
import io.l402.lightning.LightningBackend;
import java.util.Optional;

/**
 * The Lightning node that invoices come from.
 *
 * @param instance a backend that was given in code; it comes first
 * @param name the name to look a provider up by; empty if there is an instance, or if no service is
 *     paid for
 * @param settings what the provider is given
 * @param simulated whether nothing it takes in is money
 */
record BackendChoice(
    Optional<LightningBackend> instance,
    Optional<String> name,
    BackendSettings settings,
    boolean simulated) {
  /** The name of the backend whose money is not real. */
  static final String SIMULATED = "simulated";
}
