// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.util.List;
import java.util.Objects;

/**
 * Which requests are for a service, and which of them pass unpaid or without a challenge.
 *
 * @param hosts the hosts it answers to
 * @param paths the paths it answers to
 * @param free paths that pass unpaid, matched exactly
 * @param skipInvoice paths whose refusal is a 401 without a challenge, matched exactly
 */
record ServiceMatcher(
    HostPattern hosts, PathPattern paths, List<PathPattern> free, List<PathPattern> skipInvoice) {
  ServiceMatcher {
    Objects.requireNonNull(hosts, "hosts");
    Objects.requireNonNull(paths, "paths");
    free = List.copyOf(free);
    skipInvoice = List.copyOf(skipInvoice);
  }
}
