// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import io.l402.MilliSatoshi;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The same price for every request. */
record FixedPricer(MilliSatoshi price) implements Pricer {
  FixedPricer {
    if (price.isZero()) {
      throw new IllegalArgumentException("price: a fixed price is more than 0");
    }
  }

  @Override
  public CompletionStage<MilliSatoshi> price(AccessRequest request) {
    return CompletableFuture.completedFuture(price);
  }

  @Override
  public boolean fixed() {
    return true;
  }

  @Override
  public boolean inProcess() {
    return true;
  }
}
