// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rate limits of the services, and apart from them those of services that are only tried out.
 */
record ServiceLimits(BucketServiceLimiter real, BucketServiceLimiter dryRun) {
  static ServiceLimits of(List<ServiceRule> services) {
    return new ServiceLimits(
        new BucketServiceLimiter(rules(services, false)),
        new BucketServiceLimiter(rules(services, true)));
  }

  /** Those of other services; a service whose limits are the same is counted on. */
  ServiceLimits followedBy(List<ServiceRule> services) {
    return new ServiceLimits(
        new BucketServiceLimiter(rules(services, false), real),
        new BucketServiceLimiter(rules(services, true), dryRun));
  }

  private static Map<String, List<RateLimitRule>> rules(
      List<ServiceRule> services, boolean dryRun) {
    Map<String, List<RateLimitRule>> rules = new LinkedHashMap<>();
    services.stream()
        .filter(service -> service.policy().dryRun() == dryRun)
        .forEach(service -> rules.put(service.name(), service.rateLimits()));
    return rules;
  }
}
