// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import io.l402.L402ConfigException;

/**
 * Makes pricers that ask a price server, as {@code dynamicprice} of the configuration wants them.
 * Found through {@link java.util.ServiceLoader}; the artifact {@code l402-grpc} has one.
 */
public interface PricerProvider {
  /**
   * Makes a pricer, which is neither {@linkplain Pricer#fixed() fixed} nor {@linkplain
   * Pricer#inProcess() in process}. It does not wait for the server: one that is down is no error.
   *
   * @param server the price server
   * @throws L402ConfigException if the settings do not do
   */
  Pricer connect(PriceServer server);
}
