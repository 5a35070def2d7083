// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import io.l402.MilliSatoshi;
import io.l402.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a service costs and what its tokens may do: everything the gate knows of it.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class ServicePolicy {
  /** The shortest life of a token that can be configured. */
  public static final Duration MIN_TIMEOUT = Duration.ofSeconds(60);

  /** The longest life of a token that can be configured: ten years. */
  public static final Duration MAX_TIMEOUT = Duration.ofDays(3653);

  private final Service service;
  private final int minTier;
  private final AuthLevel auth;
  private final Pricer pricer;
  private final Optional<Duration> timeout;
  private final List<String> capabilities;
  private final Optional<String> requiredCapability;
  private final Map<String, String> constraints;
  private final boolean dryRun;

  private ServicePolicy(Builder builder) {
    service = new Service(builder.name, builder.tier);
    minTier = builder.minTier;
    auth = builder.auth;
    pricer = builder.pricer;
    timeout = Optional.ofNullable(builder.timeout);
    capabilities = List.copyOf(builder.capabilities);
    requiredCapability = Optional.ofNullable(builder.requiredCapability);
    constraints = Collections.unmodifiableMap(new LinkedHashMap<>(builder.constraints));
    dryRun = builder.dryRun;
  }

  /** Begins a policy with the defaults: auth on, 1 sat, no expiry, tier 0. */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** The service and the tier that tokens are sold for. */
  public Service service() {
    return service;
  }

  /** The service's name. */
  public String name() {
    return service.name();
  }

  /** The lowest tier a token must have been sold for. */
  public int minTier() {
    return minTier;
  }

  /** Whether it is paid for. */
  public AuthLevel auth() {
    return auth;
  }

  /** What it costs. */
  public Pricer pricer() {
    return pricer;
  }

  /** How long a token lives after it was minted; empty for ever. */
  public Optional<Duration> timeout() {
    return timeout;
  }

  /** The capabilities a token is sold with; if there are none, no caveat says so. */
  public List<String> capabilities() {
    return capabilities;
  }

  /** The capability a presented token must have, if any. */
  public Optional<String> requiredCapability() {
    return requiredCapability;
  }

  /** Further caveats that are minted, condition to value, in configured order. */
  public Map<String, String> constraints() {
    return constraints;
  }

  /** Whether everything passes, and it is only said what would have been decided. */
  public boolean dryRun() {
    return dryRun;
  }

  /** The same at another price. */
  public ServicePolicy withPricer(Pricer other) {
    Builder same = new Builder(name()).tier(service.tier()).minTier(minTier).auth(auth);
    timeout.ifPresent(same::timeout);
    requiredCapability.ifPresent(same::requiredCapability);
    return same.capabilities(capabilities)
        .constraints(constraints)
        .dryRun(dryRun)
        .pricer(other)
        .build();
  }

  @Override
  public String toString() {
    return "ServicePolicy[" + service + ", auth " + auth + "]";
  }

  /** Collects a policy; {@link #build} reports everything that is wrong with it at once. */
  public static final class Builder {
    private final String name;
    private int tier;
    private int minTier;
    private AuthLevel auth = AuthLevel.ON;
    private Pricer pricer = Pricer.fixed(MilliSatoshi.ofSat(1));
    private Duration timeout;
    private List<String> capabilities = List.of();
    private String requiredCapability;
    private Map<String, String> constraints = Map.of();
    private boolean dryRun;

    private Builder(String name) {
      this.name = Objects.requireNonNull(name, "name");
    }

    /** The tier that tokens are sold for, 0 to 255. */
    public Builder tier(int tier) {
      this.tier = tier;
      return this;
    }

    /** The lowest tier accepted, 0 to {@code tier}. */
    public Builder minTier(int minTier) {
      this.minTier = minTier;
      return this;
    }

    /** Whether it is paid for. */
    public Builder auth(AuthLevel auth) {
      this.auth = Objects.requireNonNull(auth, "auth");
      return this;
    }

    /** A fixed price. */
    public Builder price(MilliSatoshi price) {
      return pricer(Pricer.fixed(price));
    }

    /**
     * What it costs. A service that has sold tokens at a fixed price and now gets a computed one
     * needs a higher tier and minimum tier: an old token is bound to no resource, and its holder
     * can bind it to any.
     */
    public Builder pricer(Pricer pricer) {
      this.pricer = Objects.requireNonNull(pricer, "pricer");
      return this;
    }

    /** How long a token lives: 60 seconds to ten years. */
    public Builder timeout(Duration timeout) {
      this.timeout = Objects.requireNonNull(timeout, "timeout");
      return this;
    }

    /** The capabilities a token is sold with. */
    public Builder capabilities(List<String> capabilities) {
      this.capabilities = List.copyOf(capabilities);
      return this;
    }

    /** The capability a presented token must have. */
    public Builder requiredCapability(String capability) {
      this.requiredCapability = Objects.requireNonNull(capability, "capability");
      return this;
    }

    /** Further caveats to mint, in order. */
    public Builder constraints(Map<String, String> constraints) {
      this.constraints = new LinkedHashMap<>(constraints);
      return this;
    }

    /**
     * Lets everything pass, whatever is decided: see {@link Decision.DryRun}. For trying prices and
     * rules out on real requests before anybody has to pay. Off by default.
     */
    public Builder dryRun(boolean dryRun) {
      this.dryRun = dryRun;
      return this;
    }

    /**
     * Makes the policy.
     *
     * @throws IllegalArgumentException listing everything that is wrong
     */
    public ServicePolicy build() {
      List<String> faults = faults();
      if (!faults.isEmpty()) {
        throw new IllegalArgumentException(String.join("; ", faults));
      }
      return new ServicePolicy(this);
    }

    private List<String> faults() {
      List<String> faults = new ArrayList<>();
      check(faults, Service.isValidName(name), "name: expected [A-Za-z0-9][A-Za-z0-9._-]{0,63}");
      check(faults, tier >= 0 && tier <= Service.MAX_TIER, "tier: expected 0..255");
      check(
          faults, minTier >= 0 && minTier <= tier, "mintier: expected 0.." + tier + " (the tier)");
      if (timeout != null) {
        boolean inRange =
            timeout.compareTo(MIN_TIMEOUT) >= 0 && timeout.compareTo(MAX_TIMEOUT) <= 0;
        check(faults, inRange, "timeout: expected 60 seconds to ten years");
      }
      for (String capability : capabilities) {
        check(faults, Service.isValidName(capability), "capabilities: a name is not valid");
      }
      if (requiredCapability != null && !capabilities.isEmpty()) {
        check(
            faults,
            capabilities.contains(requiredCapability),
            "requirecapability: " + requiredCapability + " is not among the capabilities sold");
      }
      for (String condition : constraints.keySet()) {
        check(faults, Service.isValidName(condition), "constraints: a condition is not valid");
      }
      return faults;
    }

    private static void check(List<String> faults, boolean holds, String fault) {
      if (!holds && !faults.contains(fault)) {
        faults.add(fault);
      }
    }
  }
}
