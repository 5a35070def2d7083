// SPDX-License-Identifier: Apache-2.0
package io.l402.caveat;

import io.l402.RejectionReason;
import java.util.List;
import java.util.Optional;

/**
 * What the caveats of a token come to, for one request.
 *
 * @param refusal why the token does not do; empty if it does
 * @param caveats the caveats that could be read, in order; empty if the token does not do
 * @param tier the tier the token has for the service asked for, 0 if it does not do
 */
public record Clearance(Optional<RejectionReason> refusal, List<Caveat> caveats, int tier) {
  static Clearance refused(RejectionReason reason) {
    return new Clearance(Optional.of(reason), List.of(), 0);
  }

  static Clearance cleared(List<Caveat> caveats, int tier) {
    return new Clearance(Optional.empty(), List.copyOf(caveats), tier);
  }
}
