// SPDX-License-Identifier: Apache-2.0
/**
 * An lnd for tests and benchmarks; begin with {@link io.l402.lnd.fake.FakeLnd}:
 *
 * <pre>{@code
 * try (FakeLnd lnd = FakeLnd.create()) {
 *   connect(lnd.host(), lnd.tlsCert(), lnd.invoiceMacaroon()); // the client to be tested
 *   Preimage preimage = lnd.pay(paymentRequest);
 *   lnd.wire().blackHole();
 *   lnd.faults().on("AddInvoice").latency(Duration.ofSeconds(5));
 * }
 * }</pre>
 *
 * <p>It is written after what is known of lnd, with protos of its own, so that it shares no mistake
 * with the client of this module. {@code FakeLndWithNpmLightningTest} has a client drive it that
 * ships lnd's own.
 */
package io.l402.lnd.fake;
