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

  /**
   * The caveat that sells these services.
   *
   * @throws IllegalArgumentException if there are none, or two of one name: such a token would be
   *     refused wherever it is presented
   */
  public static Caveat of(List<Service> services) {
    if (services.isEmpty()) {
      throw new IllegalArgumentException("services: a token names at least one");
    }
    if (services.stream().map(Service::name).distinct().count() < services.size()) {
      throw new IllegalArgumentException("services: a token names each service once");
    }
    return new Caveat(
        CONDITION, services.stream().map(Service::toString).collect(Collectors.joining(",")));
  }

  /** Reads a value; empty if it is malformed or names a service twice. */
  static Optional<ServicesCaveat> parse(String value) {
    return value.indexOf(',') < 0 ? parseOne(value) : parseList(value);
  }

  /** Most tokens name one service, and this is read at every request. */
  private static Optional<ServicesCaveat> parseOne(String value) {
    int colon = value.indexOf(':');
    int tier = tier(value, 0, colon, value.length());
    return tier < 0
        ? Optional.empty()
        : Optional.of(new ServicesCaveat(Map.of(value.substring(0, colon), tier)));
  }

  private static Optional<ServicesCaveat> parseList(String value) {
    Map<String, Integer> tiers = new HashMap<>();
    int start = 0;
    while (start <= value.length()) {
      int comma = value.indexOf(',', start);
      int end = comma < 0 ? value.length() : comma;
      int colon = value.indexOf(':', start);
      int tier = tier(value, start, colon, end);
      if (tier < 0 || tiers.putIfAbsent(value.substring(start, colon), tier) != null) {
        return Optional.empty();
      }
      start = end + 1;
    }
    return Optional.of(new ServicesCaveat(tiers));
  }

  /** The tier of the entry between start and end; -1 if that is malformed. */
  private static int tier(String value, int start, int colon, int end) {
    if (colon <= start || colon >= end) {
      return -1;
    }
    long tier = CaveatNumber.parse(value.substring(colon + 1, end));
    return tier > Service.MAX_TIER ? -1 : (int) tier;
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
