// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.MilliSatoshi;
import io.l402.Service;
import io.l402.gate.AuthLevel;
import io.l402.gate.PriceServer;
import io.l402.gate.Pricer;
import io.l402.gate.ServicePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one service. */
final class ServiceReader {
  private static final MilliSatoshi ONE_SAT = MilliSatoshi.ofSat(1);
  private static final String WORDS = "[,\\s]+";

  private final Section section;
  private final HeaderValues values;
  private final Optional<Pricer> pricer;

  ServiceReader(Section section, HeaderValues values, Optional<Pricer> pricer) {
    this.section = section;
    this.values = values;
    this.pricer = pricer;
  }

  /** The service; empty if too much of it is wrong to make one. What is wrong is collected. */
  Optional<ServiceRule> read() {
    section.refuseUnknown(Set.of());
    Optional<DynamicPrice> dynamicPrice = dynamicPrice(section.section("dynamicprice"));
    Optional<ServicePolicy> policy = policy(dynamicPrice);
    ServiceMatcher matcher = new MatcherReader(section).read();
    List<RateLimitRule> limits = new RateLimitReader(section).read();
    Optional<Upstream> upstream = new UpstreamReader(section, values).read();
    section.value("authscheme", ServiceReader::authScheme);
    return policy.map(p -> new ServiceRule(p, matcher, limits, upstream, dynamicPrice));
  }

  private Optional<ServicePolicy> policy(Optional<DynamicPrice> priceServer) {
    String name = section.value("name", "", ServiceReader::name);
    if (!section.has("name")) {
      section.fault("name", "a service needs a name");
    }
    int tier = section.value("tier", 0, text -> tier(text, Service.MAX_TIER));
    List<String> capabilities = section.list("capabilities", WORDS, ServiceReader::name);
    ServicePolicy.Builder policy =
        ServicePolicy.builder(name)
            .auth(section.value("auth", AuthLevel.ON, AuthLevel::parse))
            .tier(tier)
            .minTier(section.value("mintier", 0, text -> minTier(text, tier)))
            .capabilities(capabilities)
            .constraints(section.map("constraints", ServiceReader::constraint))
            .pricer(price(priceServer))
            .dryRun(dryRun());
    section
        .value("timeout", ServiceReader::timeout)
        .filter(t -> !t.isZero())
        .ifPresent(policy::timeout);
    section
        .value("requirecapability", text -> requiredCapability(text, capabilities))
        .ifPresent(policy::requiredCapability);
    return name.isEmpty() ? Optional.empty() : build(policy);
  }

  private Optional<ServicePolicy> build(ServicePolicy.Builder builder) {
    try {
      ServicePolicy policy = builder.build();
      if (MintedSize.of(policy) > MintedSize.MAX) {
        section.fault("name", "its tokens would be larger than " + MintedSize.MAX + " bytes");
      }
      return Optional.of(policy);
    } catch (IllegalArgumentException e) {
      section.fault("name", e.getMessage());
      return Optional.empty();
    }
  }

  private static String name(String text) {
    if (!Service.isValidName(text)) {
      throw new IllegalArgumentException(
          "expected 1 to 64 of A-Z a-z 0-9 . _ - beginning with a letter or digit");
    }
    return text;
  }

  private static String constraint(Map.Entry<String, String> entry) {
    name(entry.getKey());
    if (entry.getValue().length() > 512 || !entry.getValue().matches("[\\x20-\\x7e]*")) {
      throw new IllegalArgumentException("expected at most 512 characters of printable ASCII");
    }
    return entry.getValue();
  }

  private static String authScheme(String text) {
    if (!text.equalsIgnoreCase("l402")) {
      throw new IllegalArgumentException("expected l402; other schemes are not supported");
    }
    return text;
  }

  private static int tier(String text, int max) {
    return (int) Values.integer(text, 0, max);
  }

  private static int minTier(String text, int tier) {
    int minTier = tier(text, Service.MAX_TIER);
    if (minTier > tier) {
      throw new IllegalArgumentException(
          "tokens are sold for tier " + tier + ", which is below it");
    }
    return minTier;
  }

  private static Duration timeout(String text) {
    Duration timeout = Values.duration(text);
    return timeout.isZero()
        ? timeout
        : Values.duration(text, ServicePolicy.MIN_TIMEOUT, ServicePolicy.MAX_TIMEOUT);
  }

  private static String requiredCapability(String text, List<String> sold) {
    name(text);
    if (!sold.isEmpty() && !sold.contains(text)) {
      throw new IllegalArgumentException("it is not among the capabilities that tokens have");
    }
    return text;
  }

  private boolean dryRun() {
    boolean dryRun = section.flag("dryrun", false);
    if (dryRun) {
      section.warn("dryrun", "everything passes unpaid; what would have been is only said");
    }
    return dryRun;
  }

  private Pricer price(Optional<DynamicPrice> priceServer) {
    Optional<MilliSatoshi> price = section.value("price", ServiceReader::price);
    if (pricer.isEmpty() && priceServer.isPresent()) {
      price.ifPresent(p -> section.warn("price", "not used: the price server tells the price"));
      return asked(priceServer.get(), section.section("dynamicprice"));
    }
    if (pricer.isPresent() && price.isPresent()) {
      section.fault("price", "there is a Pricer in code as well; give one of them");
    }
    price
        .filter(p -> p.msat() < 1000)
        .ifPresent(p -> section.warn("price", "less than 1 sat is hard to route"));
    return pricer.orElseGet(() -> Pricer.fixed(price.orElse(ONE_SAT)));
  }

  /** A price server that is asked by us, not by a Pricer in code. */
  private static Pricer asked(DynamicPrice server, Section dynamic) {
    if (PriceServers.provider().isEmpty()) {
      dynamic.fault(
          "enabled",
          "asking a price server needs the artifact l402-grpc on the class path; or give a Pricer"
              + " for this service in code");
    }
    if (!dynamic.has("grpcaddress")) {
      dynamic.fault("grpcaddress", "missing: the host and port of the price server");
    }
    if (server.metered()) {
      dynamic.fault("metered", "usage is not reported: what would not be counted must not be sold");
    }
    if (server.insecure() && server.tlsCertPath().isPresent()) {
      dynamic.warn("tlscertpath", "not used: insecure is said as well");
    }
    return new AskedElsewhere(
        new PriceServer(
            server.grpcAddress(), server.insecure(), server.tlsCertPath(), PriceServers.DEADLINE));
  }

  private static String address(String text) {
    String address = HostNames.backend(text);
    if (!address.matches(".*:[0-9]{1,5}")) {
      throw new IllegalArgumentException("expected host:port, such as localhost:10010");
    }
    return address;
  }

  private static MilliSatoshi price(String text) {
    if (text.startsWith("-")) {
      throw new IllegalArgumentException("a price is not negative");
    }
    MilliSatoshi price = MilliSatoshi.parse(text);
    return price.isZero() ? ONE_SAT : price;
  }

  private Optional<DynamicPrice> dynamicPrice(Section dynamic) {
    dynamic.refuseUnknown(Set.of());
    boolean enabled = dynamic.flag("enabled", false);
    boolean metered = dynamic.flag("metered", false);
    DynamicPrice price =
        new DynamicPrice(
            dynamic.value("grpcaddress", "", ServiceReader::address),
            dynamic.flag("insecure", false),
            dynamic.value("tlscertpath", Values::path),
            metered,
            dynamic.value(
                "usagetailbytes", 16_384, text -> (int) Values.integer(text, 0, 1 << 20)));
    if (metered && !enabled) {
      dynamic.fault("metered", "this needs enabled: true");
    }
    return enabled ? Optional.of(price) : Optional.empty();
  }
}
