// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The parts of a configuration, read and checked.
 *
 * @param hosts the hosts there are; empty if every host is taken
 */
record ConfigParts(
    List<ServiceRule> services,
    Set<String> hosts,
    Unmatched unmatched,
    BackendChoice backend,
    KeySettings keys,
    ChallengeSettings challenges,
    EdgeSettings edge,
    boolean strictVerify,
    boolean strictCaveats,
    Duration freebieWindow,
    Extensions extensions,
    List<String> warnings) {
  ConfigParts {
    services = List.copyOf(services);
    hosts = Set.copyOf(hosts);
    warnings = List.copyOf(warnings);
  }
}
