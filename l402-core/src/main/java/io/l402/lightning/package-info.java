// SPDX-License-Identifier: Apache-2.0
/**
 * Lightning nodes, as this library needs them: to make invoices, and in strict mode to say whether
 * they are settled. Implement {@link io.l402.lightning.LightningBackend} for another node.
 */
package io.l402.lightning;
