// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import io.l402.lightning.Network;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A real lnd that the environment names: {@code L402_LNDHOST}, {@code L402_TLSPATH}, {@code
 * L402_MACAROONPATH}, {@code L402_NETWORK} (regtest unless it says otherwise), and the same with
 * {@code L402_PAYER_} for the one that pays.
 */
record RealNode(String host, Path certificate, Path macaroon, Network network) {
  static final String PAYEE = "L402_";
  static final String PAYER = "L402_PAYER_";

  /** The node of a prefix; empty if the environment names none. */
  static Optional<RealNode> named(String prefix) {
    Map<String, String> environment = System.getenv();
    String host = environment.get(prefix + "LNDHOST");
    if (host == null) {
      return Optional.empty();
    }
    String network = environment.getOrDefault("L402_NETWORK", "regtest");
    return Optional.of(
        new RealNode(
            host,
            Path.of(environment.get(prefix + "TLSPATH")),
            Path.of(environment.get(prefix + "MACAROONPATH")),
            Network.byName(network).orElseThrow()));
  }

  LndSettingsBuilder settings() {
    return LndSettings.builder(host)
        .tlsCertificate(certificate)
        .macaroon(macaroon)
        .network(network);
  }
}
