// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import io.l402.MilliSatoshi;
import io.l402.Service;
import io.l402.caveat.Caveat;
import io.l402.caveat.Resource;
import io.l402.caveat.ServicesCaveat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The caveats that a token is sold with, in the order in which they are minted. */
final class TokenTerms {
  private TokenTerms() {}

  static List<Caveat> of(
      ServicePolicy policy, String method, String path, MilliSatoshi amount, Instant now) {
    List<Caveat> caveats = new ArrayList<>();
    Service service = policy.service();
    caveats.add(ServicesCaveat.of(List.of(service)));
    if (!policy.capabilities().isEmpty()) {
      caveats.add(
          new Caveat(service.name() + "_capabilities", String.join(",", policy.capabilities())));
    }
    policy.constraints().forEach((condition, value) -> caveats.add(new Caveat(condition, value)));
    if (!policy.pricer().fixed()) {
      caveats.add(new Caveat("l402_amount_msat", Long.toString(amount.msat())));
      caveats.add(new Caveat(Resource.CONDITION, Resource.of(method, path)));
    }
    policy.timeout().ifPresent(life -> caveats.add(validUntil(service, now, life.toSeconds())));
    return caveats;
  }

  private static Caveat validUntil(Service service, Instant now, long seconds) {
    long until = Math.addExact(now.getEpochSecond(), seconds);
    return new Caveat(service.name() + "_valid_until", Long.toString(until));
  }
}
