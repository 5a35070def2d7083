// SPDX-License-Identifier: Apache-2.0
package io.l402.caveat;

import io.l402.Service;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The {@code services} caveat: {@code name:tier(,name:tier)*}, a tier from 0 to 255.
 *
 * <p>In a presented list a name is any run without {@code ,} or {@code :}, since aperture puts a
 * path behind the name of services with a computed price.
 */
public final class ServicesCaveat {
  /** The condition. */
  public static final String CONDITION = "services";

  private final Map<String, Integer> tiers;

  private ServicesCaveat(Map<String, Integer> tiers) {
    this.tiers = tiers;
  }

  /** The caveat that sells these services. */
  public static Caveat of(List<Service> services) {
    if (services.isEmpty()) {
      throw new IllegalArgumentException("services: a token names at least one");
    }
    return new Caveat(
        CONDITION, services.stream().map(Service::toString).collect(Collectors.joining(",")));
  }

  /** Reads a value; empty if it is malformed or names a service twice. */
  static Optional<ServicesCaveat> parse(String value) {
    // Most tokens name one service.
    Map<String, Integer> tiers = value.indexOf(',') < 0 ? new HashMap<>(2) : new HashMap<>();
    int start = 0;
    while (start <= value.length()) {
      int comma = value.indexOf(',', start);
      int end = comma < 0 ? value.length() : comma;
      int colon = value.indexOf(':', start);
      if (colon <= start || colon >= end) {
        return Optional.empty();
      }
      long tier = CaveatNumber.parse(value.substring(colon + 1, end));
      String name = value.substring(start, colon);
      if (tier < 0 || tier > Service.MAX_TIER || tiers.putIfAbsent(name, (int) tier) != null) {
        return Optional.empty();
      }
      start = end + 1;
    }
    return Optional.of(new ServicesCaveat(tiers));
  }

  Set<String> names() {
    return tiers.keySet();
  }

  /** The tier of a service; empty if it is not listed. */
  Optional<Integer> tier(String name) {
    return Optional.ofNullable(tiers.get(name));
  }

  /** Whether this lists no service that the other does not, and none at a higher tier. */
  boolean isWithin(ServicesCaveat wider) {
    for (Map.Entry<String, Integer> entry : tiers.entrySet()) {
      Integer allowed = wider.tiers.get(entry.getKey());
      if (allowed == null || entry.getValue() > allowed) {
        return false;
      }
    }
    return true;
  }
}
