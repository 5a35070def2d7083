// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertSame;

import io.l402.RequestHeaders;
import io.l402.gate.AccessRequest;
import io.l402.gate.AuthLevel;
import io.l402.gate.ServicePolicy;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArrivalTest {
  private static Arrival matched(AuthLevel auth, boolean whitelisted) {
    ServicePolicy policy = ServicePolicy.builder("a").auth(auth).build();
    ServiceMatcher everything =
        new ServiceMatcher(HostPattern.ANY, PathPattern.ALL, List.of(), List.of());
    return new Arrival.Matched(
        new ServiceRule(policy, everything, List.of(), Optional.empty(), Optional.empty()),
        new AccessRequest(
            policy,
            "GET",
            "/",
            RequestHeaders.NONE,
            InetAddress.getLoopbackAddress(),
            whitelisted,
            false));
  }

  @Test
  void choosesWhatAsksForMore() {
    List<Arrival> dearerAndDearer =
        List.of(
            new Arrival.Unmatched(),
            matched(AuthLevel.OFF, false),
            matched(AuthLevel.freebie(1), false),
            new Arrival.Refused(Answer.MISDIRECTED));
    for (int i = 0; i < dearerAndDearer.size(); i++) {
      for (int j = i; j < dearerAndDearer.size(); j++) {
        Arrival dearer = dearerAndDearer.get(j);
        assertSame(dearer, Arrival.dearer(dearerAndDearer.get(i), dearer));
        assertSame(dearer, Arrival.dearer(dearer, dearerAndDearer.get(i)));
      }
    }
  }

  @Test
  void takesAWhitelistedPathForFree() {
    Arrival paid = matched(AuthLevel.ON, false);
    assertSame(paid, Arrival.dearer(matched(AuthLevel.ON, true), paid));
    assertSame(paid, Arrival.dearer(paid, matched(AuthLevel.ON, true)));
  }

  @Test
  void prefersWhatWasAskedForToWhatIsServed() {
    Arrival asked = matched(AuthLevel.ON, false);
    assertSame(asked, Arrival.dearer(asked, matched(AuthLevel.ON, false)));
  }
}
