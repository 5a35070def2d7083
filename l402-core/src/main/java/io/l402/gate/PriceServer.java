// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Where prices are asked for. Immutable and safe for use by many threads.
 *
 * @param address host and port
 * @param insecure whether it is spoken to in the clear
 * @param tlsCertPath a PEM file with what its certificate is checked against; empty for what the
 *     platform trusts
 * @param deadline how long a price may take
 */
public record PriceServer(
    String address, boolean insecure, Optional<Path> tlsCertPath, Duration deadline) {
  /** Checks that everything is there. */
  public PriceServer {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(tlsCertPath, "tlsCertPath");
    Objects.requireNonNull(deadline, "deadline");
  }
}
