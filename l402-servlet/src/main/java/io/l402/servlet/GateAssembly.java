// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.L402ConfigException;
import io.l402.gate.FreebieStore;
import io.l402.gate.L402Gate;
import io.l402.gate.L402GateBuilder;
import io.l402.gate.L402Listener;
import io.l402.gate.ServicePolicy;
import io.l402.internal.FailureLog;
import io.l402.keys.MasterKeys;
import io.l402.keys.RevocationList;
import io.l402.keys.RootKeyStore;
import io.l402.lightning.Capability;
import io.l402.lightning.GuardedBackend;
import io.l402.lightning.LightningBackend;
import io.l402.lightning.SettlementFeed;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes everything that a configuration speaks of, and ends what it made. */
final class GateAssembly implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(L402Filter.class.getName());

  /** What a decision may take longer than the node is given. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final L402Config config;
  private final L402Listener listener;
  private final Optional<LightningBackend> node;
  private final Optional<GuardedBackend> backend;
  private final Walk walk;
  private Optional<SettlementFeed> settlements = Optional.empty();

  private GateAssembly(L402Config config) {
    this.config = config;
    listener = config.extensions().listener();
    RootKeyStore rootKeys = rootKeys();
    Optional<RevocationList> revocations = revocations();
    node = Backends.find(config);
    backend = node.map(found -> Backends.guard(config, found, Backends.toLog(new FailureLog(LOG))));
    try {
      walk = newWalk(newGate(rootKeys, revocations));
      backend.ifPresent(this::subscribe);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Makes it.
   *
   * @throws L402ConfigException if the parts do not fit together
   */
  static GateAssembly of(L402Config config) {
    return new GateAssembly(config);
  }

  /** A key in memory only where nothing that is sold is worth anything. */
  private RootKeyStore rootKeys() {
    KeySettings keys = config.keys();
    if (keys.rootKeyStore().isPresent()) {
      return keys.rootKeyStore().get();
    }
    if (keys.masterKeyFile().isEmpty() && config.needsBackend() && !config.isSimulated()) {
      throw new L402ConfigException("masterkeyfile: missing; a real node needs one");
    }
    MasterKeys masterKeys =
        keys.masterKeyFile()
            .map(MasterKeys::load)
            .orElseGet(() -> MasterKeys.inMemory(new SecureRandom()));
    return RootKeyStore.derived(masterKeys.withRealm(keys.realm()));
  }

  private Optional<RevocationList> revocations() {
    KeySettings keys = config.keys();
    return keys.revocationList()
        .or(
            () ->
                keys.revocationFile()
                    .map(file -> RevocationList.file(file, config.extensions().clock())));
  }

  private L402Gate newGate(RootKeyStore rootKeys, Optional<RevocationList> revocations) {
    List<ServicePolicy> policies = config.services().stream().map(ServiceRule::policy).toList();
    L402GateBuilder gate =
        L402Gate.builder(rootKeys, policies)
            .blocklist(this::isBlocked)
            .serviceLimiter(new BucketServiceLimiter(rateLimits()))
            .challengeLimiter(new BucketChallengeLimiter(config.challenges().limits()))
            .freebies(freebies())
            .listener(listener)
            .strictVerify(config.strictVerify())
            .strictCaveats(config.strictCaveats())
            .invoiceExpiry(config.challenges().invoiceExpiry())
            .clock(config.extensions().clock());
    backend.ifPresent(gate::backend);
    revocations.ifPresent(gate::revocations);
    config.edge().publicHost().ifPresent(gate::publicHost);
    config.extensions().satisfiers().forEach(gate::satisfier);
    return gate.build();
  }

  private Map<String, List<RateLimitRule>> rateLimits() {
    Map<String, List<RateLimitRule>> limits = new LinkedHashMap<>();
    config.services().forEach(rule -> limits.put(rule.name(), rule.rateLimits()));
    return limits;
  }

  private FreebieStore freebies() {
    return new MemoryFreebies(
        config.freebieWindow(), MemoryFreebies.DEFAULT_CAPACITY, config.extensions().clock());
  }

  private boolean isBlocked(InetAddress client) {
    for (AddressRange range : config.edge().blocklist()) {
      if (range.contains(client)) {
        return true;
      }
    }
    return false;
  }

  private Walk newWalk(L402Gate gate) {
    EdgeSettings edge = config.edge();
    RequestMethods methods = new RequestMethods(List.copyOf(edge.methods()));
    CorsPolicy cors = new CorsPolicy(edge.cors(), methods.allow());
    ChallengeWriter writer = new ChallengeWriter(config.challenges(), cors, methods.allow());
    ClientAddress clients = new ClientAddress(edge.trustedProxies(), GateAssembly::warn);
    return new Walk(
        new Intake(config.table(), edge.paths(), methods, clients),
        gate::decide,
        new Refuser(writer, edge.drainLimit()),
        cors,
        config.unmatched(),
        config.challenges().backendDeadline().plus(GRACE));
  }

  private static void warn(InetAddress proxy) {
    LOG.log(
        System.Logger.Level.WARNING,
        "{0} sends X-Forwarded-For or Forwarded and is not among trustedproxies: all its clients"
            + " count as one",
        proxy.getHostAddress());
  }

  /** The feed bears with a listener that throws. */
  private void subscribe(GuardedBackend node) {
    if (listener != L402Listener.NONE && node.capabilities().contains(Capability.SETTLEMENTS)) {
      settlements =
          Optional.of(
              SettlementFeed.open(node, config.keys().settlementCursorFile(), listener::settled));
    }
  }

  /** The node that is paid, without the guard; empty if none is needed. */
  Optional<LightningBackend> node() {
    return node;
  }

  /** Decides on requests. */
  Walk walk() {
    return walk;
  }

  /** Ends the backend and its threads; one that was given in code is its giver's. */
  @Override
  public void close() {
    settlements.ifPresent(SettlementFeed::close);
    backend.ifPresent(GuardedBackend::close);
  }
}
