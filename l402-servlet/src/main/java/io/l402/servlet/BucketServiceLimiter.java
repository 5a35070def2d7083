// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.github.bucket4j.TimeMeter;
import io.l402.TokenId;
import io.l402.gate.AccessRequest;
import io.l402.gate.ServiceLimiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code ratelimits} of services: a token bucket for each rule and each holder, who is a
 * verified token or, without one, a client (an IPv4 address or IPv6 /56).
 *
 * <p>All rules of the service whose paths match must admit a request; if one does not, none has
 * counted it, and the wait is the longest of them. Rules are told apart by their place, not by
 * their pattern. The buckets that are not full are at most {@code capacity}, shared out evenly
 * among all rules; when a rule's share is used up, further holders share a bucket. An entry takes
 * about 150 bytes (220 for a token), so all of them at most 22 MB by default.
 *
 * <p>Safe for use by many threads; a service's requests are decided one after the other, in about a
 * microsecond each.
 */
final class BucketServiceLimiter implements ServiceLimiter {
  /** How many buckets are held unless told otherwise. */
  static final int DEFAULT_CAPACITY = 100_000;

  private record Limit(RateLimitRule rule, BucketTable<Object> buckets) {}

  private final Map<String, List<Limit>> limits = new HashMap<>();

  /** Limits by the system's clock, with the default capacity. */
  BucketServiceLimiter(Map<String, List<RateLimitRule>> rulesByService) {
    this(rulesByService, DEFAULT_CAPACITY, TimeMeter.SYSTEM_NANOTIME);
  }

  /**
   * Limits that go on where those before were: a service whose rules are the same keeps its
   * buckets, with the room they had.
   */
  BucketServiceLimiter(
      Map<String, List<RateLimitRule>> rulesByService, BucketServiceLimiter before) {
    this(rulesByService);
    limits.replaceAll((service, fresh) -> before.kept(service, fresh));
  }

  /** The list itself, which is also the lock. */
  private List<Limit> kept(String service, List<Limit> fresh) {
    List<Limit> known = limits.getOrDefault(service, List.of());
    boolean same = known.size() == fresh.size();
    for (int i = 0; same && i < fresh.size(); i++) {
      same = known.get(i).rule().isLike(fresh.get(i).rule());
    }
    return same ? known : fresh;
  }

  /**
   * Limits.
   *
   * @param rulesByService the rules of each service, by its name; a service without any has no
   *     limit
   * @param capacity how many buckets are held, for all rules together
   * @param time the time, which must not be a clock that people can set
   */
  BucketServiceLimiter(
      Map<String, List<RateLimitRule>> rulesByService, int capacity, TimeMeter time) {
    int count = rulesByService.values().stream().mapToInt(List::size).sum();
    int share = Math.max(1, capacity / Math.max(1, count));
    rulesByService.forEach(
        (service, rules) ->
            limits.put(
                service,
                rules.stream()
                    .map(rule -> new Limit(rule, new BucketTable<>(rule.rate(), share, time)))
                    .toList()));
  }

  @Override
  public Optional<Duration> tryAcquire(AccessRequest request, Optional<TokenId> token) {
    List<Limit> service = limits.getOrDefault(request.service().name(), List.of());
    List<Limit> matching = matching(service, request.path());
    if (matching.isEmpty()) {
      return Optional.empty();
    }
    Object holder = token.isPresent() ? token.get() : AddressPrefix.ofClient(request.client());
    synchronized (service) {
      List<BucketTable<?>.Claim> claims = new ArrayList<>(matching.size());
      for (Limit limit : matching) {
        claims.add(limit.buckets().claim(holder));
      }
      return BucketClaims.take(claims);
    }
  }

  private static List<Limit> matching(List<Limit> limits, String path) {
    List<Limit> matching = new ArrayList<>(limits.size());
    for (Limit limit : limits) {
      if (limit.rule().appliesTo(path)) {
        matching.add(limit);
      }
    }
    return matching;
  }
}
