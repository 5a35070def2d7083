// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import io.l402.L402ConfigException;
import io.l402.L402Identifier;
import io.l402.MilliSatoshi;
import io.l402.Mint;
import io.l402.caveat.Caveat;
import io.l402.caveat.CaveatChecker;
import io.l402.caveat.CaveatSatisfier;
import io.l402.keys.RevocationList;
import io.l402.keys.RootKeyStore;
import io.l402.lightning.Capability;
import io.l402.lightning.GuardedBackend;
import io.l402.macaroon.Macaroon;
import io.l402.macaroon.RootKey;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Collects a gate; {@link #build} reports everything that is wrong with it at once. */
public final class L402GateBuilder {
  /** The largest macaroon that may be minted, so that challenges fit into header fields. */
  private static final int MAX_MINTED_BYTES = 1_024;

  private static final System.Logger LOG = System.getLogger(L402Gate.class.getName());

  final RootKeyStore rootKeys;
  final List<ServicePolicy> services;
  private final List<CaveatSatisfier> satisfiers = new ArrayList<>();
  Optional<GuardedBackend> backend = Optional.empty();
  RevocationList revocations = new NoRevocations();
  Predicate<InetAddress> blocklist = client -> false;
  ServiceLimiter serviceLimiter = ServiceLimiter.NONE;
  ChallengeLimiter challengeLimiter = ChallengeLimiter.NONE;
  PriceLimiter priceLimiter = PriceLimiter.NONE;
  FreebieStore freebies = new NoFreebies();
  Counts dryRunCounts = Counts.NONE;
  L402Listener listener = L402Listener.NONE;
  private boolean strictVerify;
  private Optional<Settlements> settlements = Optional.empty();
  private boolean strictCaveats;
  Clock clock = Clock.systemUTC();
  Duration invoiceExpiry = Duration.ofMinutes(10);
  String publicHost = "";

  L402GateBuilder(RootKeyStore rootKeys, Collection<ServicePolicy> services) {
    this.rootKeys = Objects.requireNonNull(rootKeys, "rootKeys");
    this.services = List.copyOf(services);
  }

  /** The Lightning node. The gate does not close it. */
  public L402GateBuilder backend(GuardedBackend backend) {
    this.backend = Optional.of(backend);
    return this;
  }

  /** The tokens that are refused although they were paid for; none by default. */
  public L402GateBuilder revocations(RevocationList revocations) {
    this.revocations = Objects.requireNonNull(revocations, "revocations");
    return this;
  }

  /** The clients that are refused; none by default. */
  public L402GateBuilder blocklist(Predicate<InetAddress> blocklist) {
    this.blocklist = Objects.requireNonNull(blocklist, "blocklist");
    return this;
  }

  /** The rate limits of services; none by default. */
  public L402GateBuilder serviceLimiter(ServiceLimiter limiter) {
    this.serviceLimiter = Objects.requireNonNull(limiter, "limiter");
    return this;
  }

  /** The limits on challenges. None by default: the servlet module brings its own. */
  public L402GateBuilder challengeLimiter(ChallengeLimiter limiter) {
    this.challengeLimiter = Objects.requireNonNull(limiter, "limiter");
    return this;
  }

  /**
   * The bound on prices asked for at once; dry runs are under it as well, since what they ask is
   * real. None by default: the servlet module brings its own.
   */
  public L402GateBuilder priceLimiter(PriceLimiter limiter) {
    this.priceLimiter = Objects.requireNonNull(limiter, "limiter");
    return this;
  }

  /** Counts free requests; needed where a service has any. */
  public L402GateBuilder freebies(FreebieStore freebies) {
    this.freebies = Objects.requireNonNull(freebies, "freebies");
    return this;
  }

  /**
   * What services that are only tried out are counted by, apart from all others: a dry run uses up
   * no real limit and no real free request. By default they are not counted, and the one that has
   * free requests needs this.
   */
  public L402GateBuilder dryRunCounts(
      ServiceLimiter services, ChallengeLimiter challenges, FreebieStore free) {
    dryRunCounts = new Counts(services, challenges, free);
    return this;
  }

  /** Hears what happens. */
  public L402GateBuilder listener(L402Listener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /** Judges caveats of a condition of the application's own. */
  public L402GateBuilder satisfier(CaveatSatisfier satisfier) {
    satisfiers.add(Objects.requireNonNull(satisfier, "satisfier"));
    return this;
  }

  /** Also asks the node whether the invoice of a token is settled. Off by default. */
  public L402GateBuilder strictVerify(boolean strictVerify) {
    this.strictVerify = strictVerify;
    return this;
  }

  /**
   * What is known of settled invoices, and what asks for the others, in strict mode. By default it
   * begins anew with each gate, and asks the {@linkplain #backend backend}.
   */
  public L402GateBuilder settlements(Settlements settlements) {
    this.settlements = Optional.of(settlements);
    return this;
  }

  /** Refuses tokens with caveats of unknown conditions. Off by default, as specified. */
  public L402GateBuilder strictCaveats(boolean strictCaveats) {
    this.strictCaveats = strictCaveats;
    return this;
  }

  /** How long an invoice can be paid, at most the token's own life. Ten minutes by default. */
  public L402GateBuilder invoiceExpiry(Duration expiry) {
    this.invoiceExpiry = Objects.requireNonNull(expiry, "expiry");
    return this;
  }

  /** The name that invoices show to payers, such as {@code api.example.com}. */
  public L402GateBuilder publicHost(String publicHost) {
    this.publicHost = Objects.requireNonNull(publicHost, "publicHost");
    return this;
  }

  /** The time. */
  public L402GateBuilder clock(Clock clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
    return this;
  }

  /**
   * Makes the gate.
   *
   * @throws L402ConfigException listing everything that is wrong
   */
  public L402Gate build() {
    List<String> faults = new ArrayList<>();
    checkNames(faults);
    checkConditions(faults);
    checkBackend(faults);
    services.forEach(policy -> checkSize(faults, policy));
    if (!faults.isEmpty()) {
      throw new L402ConfigException(String.join("; ", faults));
    }
    return new L402Gate(this);
  }

  private void checkNames(List<String> faults) {
    Set<String> names = new HashSet<>();
    for (ServicePolicy policy : services) {
      if (!names.add(policy.name())) {
        faults.add("service " + policy.name() + ": there is another of this name");
      }
    }
  }

  /** No two meanings for one condition. */
  private void checkConditions(List<String> faults) {
    try {
      caveats();
    } catch (L402ConfigException e) {
      faults.add(e.getMessage());
    }
  }

  private void checkBackend(List<String> faults) {
    boolean sells = services.stream().anyMatch(p -> !p.auth().equals(AuthLevel.OFF));
    if (sells && backend.isEmpty()) {
      faults.add("backend: services are sold, and there is no Lightning backend");
    }
    boolean looksUp = backend.map(b -> b.capabilities().contains(Capability.LOOKUP)).orElse(true);
    if (strictVerify && !looksUp) {
      faults.add("strictverify: the backend cannot look invoices up");
    }
    if (invoiceExpiry.compareTo(Duration.ofSeconds(1)) < 0) {
      faults.add("invoiceexpiry: expected at least one second");
    }
    if (services.stream().anyMatch(this::isUncounted)) {
      faults.add("auth: a service has free requests, and nothing counts them");
    }
  }

  private boolean isUncounted(ServicePolicy policy) {
    FreebieStore store = policy.dryRun() ? dryRunCounts.freebies() : freebies;
    return policy.auth().kind() == AuthLevel.Kind.FREEBIE && store instanceof NoFreebies;
  }

  /** Empty outside strict mode. */
  Optional<Settlements> settlements() {
    return strictVerify ? settlements.or(() -> backend.map(Settlements::of)) : Optional.empty();
  }

  Counts counts() {
    return new Counts(serviceLimiter, challengeLimiter, freebies);
  }

  /** With the longest method and amount there can be. */
  private void checkSize(List<String> faults, ServicePolicy policy) {
    String longestMethod = "M".repeat(AccessRequest.MAX_METHOD_LENGTH);
    MilliSatoshi most = new MilliSatoshi(MilliSatoshi.MAX_MSAT);
    List<byte[]> caveats =
        TokenTerms.of(policy, longestMethod, "/", most, clock.instant()).stream()
            .map(Caveat::toByteArray)
            .toList();
    if (mintedLength(caveats) > MAX_MINTED_BYTES) {
      faults.add(
          "service "
              + policy.name()
              + ": its tokens would exceed 1024 bytes; shorten capabilities or constraints");
    }
  }

  private static int mintedLength(List<byte[]> caveats) {
    RootKey key = RootKey.of(new byte[RootKey.LENGTH]);
    byte[] identifier = new byte[L402Identifier.LENGTH];
    try {
      return Macaroon.mint(key, Mint.LOCATION, identifier, caveats).toByteArray().length;
    } catch (IllegalArgumentException e) {
      // Beyond what any macaroon may hold.
      return Integer.MAX_VALUE;
    }
  }

  CaveatChecker caveats() {
    Map<String, String> constraints = new LinkedHashMap<>();
    services.forEach(policy -> constraints.putAll(policy.constraints()));
    CaveatChecker.Builder checker =
        CaveatChecker.builder()
            .serviceNames(services.stream().map(ServicePolicy::name).toList())
            .constraints(constraints.keySet())
            .strict(strictCaveats)
            .failures(
                failure ->
                    LOG.log(System.Logger.Level.WARNING, "a caveat satisfier failed", failure));
    satisfiers.forEach(checker::satisfier);
    return checker.build();
  }
}
