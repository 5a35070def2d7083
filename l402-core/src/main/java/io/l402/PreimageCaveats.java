// SPDX-License-Identifier: Apache-2.0
package io.l402;

import io.l402.macaroon.Macaroon;
import io.l402.macaroon.MacaroonCaveat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The {@code preimage=<64 hex>} caveats by which gRPC clients carry the preimage. */
final class PreimageCaveats {
  private static final byte[] PREFIX = "preimage=".getBytes(StandardCharsets.US_ASCII);

  private PreimageCaveats() {}

  /**
   * The preimages that a macaroon carries.
   *
   * @throws MalformedCredentialException if such a caveat holds anything but 64 hex digits
   */
  static List<Preimage> in(Macaroon macaroon) {
    List<Preimage> found = List.of();
    for (MacaroonCaveat caveat : macaroon.caveats()) {
      if (caveat.startsWith(PREFIX)) {
        found = found.isEmpty() ? new ArrayList<>(1) : found;
        found.add(parse(caveat.id()));
      }
    }
    return found;
  }

  private static Preimage parse(byte[] id) {
    String hex =
        new String(id, PREFIX.length, id.length - PREFIX.length, StandardCharsets.ISO_8859_1);
    try {
      return Preimage.ofHex(hex);
    } catch (IllegalArgumentException e) {
      throw new MalformedCredentialException("credential: a preimage caveat is not 64 hex digits");
    }
  }
}
