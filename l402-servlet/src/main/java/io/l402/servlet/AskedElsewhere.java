// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.MilliSatoshi;
import io.l402.gate.AccessRequest;
import io.l402.gate.PriceServer;
import io.l402.gate.Pricer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Stands in a configuration for the price that a server will tell: a configuration holds no
 * connections. Tells none itself.
 */
record AskedElsewhere(PriceServer server) implements Pricer {
  @Override
  public CompletionStage<MilliSatoshi> price(AccessRequest request) {
    return CompletableFuture.failedFuture(new IllegalStateException("not connected"));
  }
}
