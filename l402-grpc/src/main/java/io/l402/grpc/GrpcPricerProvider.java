// SPDX-License-Identifier: Apache-2.0
package io.l402.grpc;

import io.l402.L402ConfigException;
import io.l402.gate.PriceServer;
import io.l402.gate.Pricer;
import io.l402.gate.PricerProvider;

/** Makes the {@link GrpcPricer} of {@code dynamicprice} in the configuration. */
public final class GrpcPricerProvider implements PricerProvider {
  /** For {@link java.util.ServiceLoader}. */
  public GrpcPricerProvider() {}

  /**
   * Makes it, without waiting for the server.
   *
   * @throws L402ConfigException if the address or the certificate does not do
   */
  @Override
  public Pricer connect(PriceServer server) {
    return GrpcPricer.connect(server);
  }
}
