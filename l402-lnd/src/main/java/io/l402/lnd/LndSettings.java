// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import io.l402.lightning.Network;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach an lnd, and with which rights. It is made with {@link #builder}; in configuration
 * the same things are called {@code lndhost}, {@code tlspath} or {@code tlscert}, {@code
 * macaroonpath}, {@code macdir} or {@code macaroonhex}, {@code network}, {@code invoiceexpiry},
 * {@code private} and, below {@code backendsettings}, {@code servername}.
 *
 * <p>Immutable and safe for use by many threads. It does not print the macaroon.
 */
public final class LndSettings {
  private final LndSettingsBuilder given;

  LndSettings(LndSettingsBuilder builder) {
    given = builder;
  }

  /**
   * Begins settings for the lnd at an address.
   *
   * @param lndHost host and gRPC port, such as {@code localhost:10009} or {@code [::1]:10009};
   *     without a port, 10009
   * @throws IllegalArgumentException if it is no address
   */
  public static LndSettingsBuilder builder(String lndHost) {
    return new LndSettingsBuilder(LndAddress.parse(lndHost));
  }

  LndAddress address() {
    return given.address;
  }

  /** The pinned certificate; empty for whatever the platform trusts. */
  Optional<Source> certificate() {
    return Optional.ofNullable(given.certificate);
  }

  Optional<String> serverName() {
    return Optional.ofNullable(given.serverName);
  }

  Source macaroon() {
    return given.macaroon;
  }

  Network network() {
    return given.network;
  }

  Duration invoiceExpiry() {
    return given.invoiceExpiry;
  }

  boolean privateChannels() {
    return given.privateChannels;
  }

  Duration deadline() {
    return given.deadline;
  }

  /** The address and the network, and where the rest comes from. */
  @Override
  public String toString() {
    return "LndSettings[" + given.address + ", " + given.network + ", macaroon " + macaroon() + "]";
  }
}
