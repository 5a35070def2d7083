// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the service that a request is for: the first, in order, whose host and path match.
 *
 * <p>Whoever chooses the Host field must not choose the price with it. Therefore a request is
 * {@link Lookup.UnknownHost} and never goes on
 *
 * <ul>
 *   <li>if there is a list of hosts and this is none of them, or if every service names its hosts
 *       and this is none of them;
 *   <li>if a paid service would have taken the path, had it not been for the host, and what would
 *       take it instead is nothing, or a service of the same upstream that names no hosts.
 * </ul>
 *
 * <p>Paid services match paths generously, free ones exactly: see {@link PathPattern}. A matcher
 * that fails is a refusal. Immutable and safe for use by many threads.
 */
final class ServiceTable {
  private final List<ServiceRule> rules;
  private final HostPattern hosts;

  /** A table of these services, closed to other hosts unless {@code hosts} is empty. */
  ServiceTable(List<ServiceRule> rules, Set<String> hosts) {
    this.rules = List.copyOf(rules);
    this.hosts = hosts.isEmpty() ? HostPattern.ANY : HostPattern.of(hosts);
  }

  /** What was found for a request. Only a match names a service. */
  sealed interface Lookup {
    /**
     * A service takes the request.
     *
     * @param rule the service
     * @param whitelisted whether the path passes unpaid
     * @param skipInvoice whether a refusal is a 401 without a challenge
     */
    record Match(ServiceRule rule, boolean whitelisted, boolean skipInvoice) implements Lookup {}

    /** The host will do, and no service takes the path: see {@link Unmatched}. */
    record UnmatchedPath() implements Lookup {}

    /** No service has this host; to be answered 421. */
    record UnknownHost() implements Lookup {}

    /** A matcher failed; to be refused. */
    record Failed(Throwable cause) implements Lookup {}
  }

  /**
   * Finds the service of a request.
   *
   * @param hostField the Host field as it came, or {@code :authority}; null if there was none
   * @param path the canonical path
   */
  Lookup find(String hostField, String path) {
    return find(HostField.of(hostField), path);
  }

  /**
   * Finds the service of a request.
   *
   * @param host the host; a malformed one is unknown
   * @param path the canonical path
   */
  Lookup find(HostField host, String path) {
    Objects.requireNonNull(path, "path");
    try {
      return host instanceof HostField.Malformed ? new Lookup.UnknownHost() : lookup(host, path);
    } catch (RuntimeException | StackOverflowError e) {
      return new Lookup.Failed(e);
    }
  }

  private Lookup lookup(HostField host, String path) {
    if (!hosts.matches(host)) {
      return new Lookup.UnknownHost();
    }
    List<ServiceRule> passedOver = new ArrayList<>(0);
    for (ServiceRule rule : rules) {
      if (!takesPath(rule, path)) {
        continue;
      }
      if (rule.matcher().hosts().matches(host)) {
        return isDetour(passedOver, rule) ? new Lookup.UnknownHost() : match(rule, path);
      }
      if (rule.isPaid()) {
        passedOver.add(rule);
      }
    }
    return passedOver.isEmpty() && isKnown(host)
        ? new Lookup.UnmatchedPath()
        : new Lookup.UnknownHost();
  }

  /** Whether a host is on the list, or without a list is that of any service. */
  private boolean isKnown(HostField host) {
    return !hosts.isAny()
        || rules.isEmpty()
        || rules.stream().anyMatch(rule -> rule.matcher().hosts().matches(host));
  }

  /** Whether a foreign Host would lead past a paid service to the same resource. */
  private static boolean isDetour(List<ServiceRule> passedOver, ServiceRule rule) {
    if (passedOver.isEmpty() || !rule.matcher().hosts().isAny()) {
      return false;
    }
    Optional<String> upstream = rule.upstream().map(Upstream::address);
    return passedOver.stream()
        .anyMatch(paid -> paid.upstream().map(Upstream::address).equals(upstream));
  }

  private static boolean takesPath(ServiceRule rule, String path) {
    PathPattern paths = rule.matcher().paths();
    return rule.isPaid() ? paths.generously(path) : paths.exactly(path);
  }

  private static Lookup match(ServiceRule rule, String path) {
    return new Lookup.Match(
        rule, any(rule.matcher().free(), path), any(rule.matcher().skipInvoice(), path));
  }

  private static boolean any(List<PathPattern> patterns, String path) {
    for (PathPattern pattern : patterns) {
      if (pattern.exactly(path)) {
        return true;
      }
    }
    return false;
  }
}
