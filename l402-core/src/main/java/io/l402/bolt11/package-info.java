// SPDX-License-Identifier: Apache-2.0
/**
 * BOLT 11 invoices: {@link io.l402.bolt11.Bolt11#decode} reads and checks one, {@link
 * io.l402.bolt11.Bolt11#builder} makes and signs one.
 *
 * @see <a href="https://github.com/lightning/bolts/blob/master/11-payment-encoding.md">BOLT 11</a>
 */
package io.l402.bolt11;
