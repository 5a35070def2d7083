// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.gate.ServicePolicy;
import java.nio.charset.StandardCharsets;

/** How large the tokens of a service can become: they must fit into a header field. */
final class MintedSize {
  /** The largest token that is minted, in bytes. */
  static final int MAX = 1024;

  // Version, location "lsat", identifier of 66 bytes, two ends of section, signature.
  private static final int FIXED = 1 + 6 + 68 + 1 + 1 + 34;
  // Field type, two bytes of length, end of section.
  private static final int PER_CAVEAT = 4;
  private static final int UNIX_TIME = 11;
  private static final int AMOUNT = "l402_amount_msat=".length() + 17;
  private static final int RESOURCE = "l402_resource=".length() + 32 + 1 + 43;

  private MintedSize() {}

  /** The size of the largest token that this service can mint. */
  static int of(ServicePolicy policy) {
    int size = FIXED + caveat("services=" + policy.service());
    if (!policy.capabilities().isEmpty()) {
      size += caveat(policy.name() + "_capabilities=" + String.join(",", policy.capabilities()));
    }
    for (var constraint : policy.constraints().entrySet()) {
      size += caveat(constraint.getKey() + "=" + constraint.getValue());
    }
    if (policy.timeout().isPresent()) {
      size += caveat(policy.name() + "_valid_until=") + UNIX_TIME;
    }
    return policy.pricer().fixed() ? size : size + AMOUNT + RESOURCE + 2 * PER_CAVEAT;
  }

  private static int caveat(String text) {
    return PER_CAVEAT + text.getBytes(StandardCharsets.UTF_8).length;
  }
}
