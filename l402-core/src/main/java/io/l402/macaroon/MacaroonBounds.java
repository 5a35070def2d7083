// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import io.l402.macaroon.MacaroonCaveat.ThirdParty;
import java.util.function.Function;

/**
 * The bounds of {@link Macaroon}, checked on a whole one. The V2 reader does not need this: it
 * checks each as it goes, before it takes the bytes.
 */
final class MacaroonBounds {
  private MacaroonBounds() {}

  /** The macaroon, if it is within the bounds; else what {@code failure} makes of the message. */
  static Macaroon check(Macaroon macaroon, Function<String, RuntimeException> failure) {
    atMost("location", macaroon.rawLocation().length, Macaroon.MAX_LOCATION_LENGTH, failure);
    atMost("caveats", macaroon.caveats().size(), Macaroon.MAX_CAVEATS, failure);
    for (MacaroonCaveat caveat : macaroon.caveats()) {
      check(caveat, failure);
    }
    atMost("macaroon", MacaroonV2Codec.length(macaroon), Macaroon.MAX_LENGTH, failure);
    return macaroon;
  }

  private static void check(MacaroonCaveat caveat, Function<String, RuntimeException> failure) {
    atMost("caveat", caveat.length(), Macaroon.MAX_CAVEAT_LENGTH, failure);
    if (caveat instanceof ThirdParty third) {
      int verificationId = third.rawVerificationId().length;
      atMost("verification id", verificationId, Macaroon.MAX_CAVEAT_LENGTH, failure);
      int location = third.rawLocation().length;
      atMost("caveat location", location, Macaroon.MAX_LOCATION_LENGTH, failure);
    }
  }

  private static void atMost(
      String what, int found, int most, Function<String, RuntimeException> failure) {
    if (found > most) {
      throw failure.apply("macaroon: " + what + ": found " + found + ", at most " + most);
    }
  }
}
