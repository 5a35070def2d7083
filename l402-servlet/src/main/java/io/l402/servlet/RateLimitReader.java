// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.servlet.ConfigNode.Mapping;
import io.l402.servlet.ConfigNode.Scalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the rate limits of a service: sections, as in aperture, or rates in one word. */
final class RateLimitReader {
  private final Section section;

  RateLimitReader(Section section) {
    this.section = section;
  }

  /** The rate limits; what is wrong with them is collected. */
  List<RateLimitRule> read() {
    List<RateLimitRule> rules = new ArrayList<>();
    for (ConfigNode node : section.nodes("ratelimits")) {
      if (node instanceof Mapping mapping) {
        rateLimit(section.item("ratelimits", mapping)).ifPresent(rules::add);
      } else if (node instanceof Scalar scalar) {
        shortRateLimits(scalar, rules);
      } else {
        section.fault("ratelimits", node, "expected a section or a rate such as 10/1m");
      }
    }
    return rules;
  }

  private void shortRateLimits(Scalar scalar, List<RateLimitRule> rules) {
    for (String text : scalar.text().split("\\s*,\\s*")) {
      try {
        rules.add(new RateLimitRule(PathPattern.ALL, Values.rate(text.trim())));
      } catch (IllegalArgumentException e) {
        section.fault("ratelimits", scalar, e.getMessage());
      }
    }
  }

  private static Optional<RateLimitRule> rateLimit(Section rule) {
    rule.refuseUnknown(Set.of());
    long requests = rule.value("requests", 0L, text -> Values.integer(text, 1, Rate.MAX));
    Duration per =
        rule.value(
            "per",
            Duration.ZERO,
            text -> Values.duration(text, Duration.ofMillis(1), Rate.MAX_PER));
    long burst = rule.value("burst", 0L, text -> Values.integer(text, 0, Rate.MAX));
    PathPattern paths = MatcherReader.paths(rule);
    for (String key : List.of("requests", "per")) {
      if (!rule.has(key)) {
        rule.fault(key, "a rate limit needs it");
      }
    }
    return requests == 0 || per.isZero()
        ? Optional.empty()
        : Optional.of(
            new RateLimitRule(paths, new Rate(requests, per, burst == 0 ? requests : burst)));
  }
}
