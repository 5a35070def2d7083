// SPDX-License-Identifier: Apache-2.0
/**
 * A Lightning node in memory that signs and pays real invoices, for tests and for demonstrations.
 */
package io.l402.testkit;
