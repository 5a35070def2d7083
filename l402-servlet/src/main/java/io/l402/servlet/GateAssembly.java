// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.L402ConfigException;
import io.l402.gate.ChallengeLimiter;
import io.l402.gate.FreebieStore;
import io.l402.gate.L402Gate;
import io.l402.gate.L402GateBuilder;
import io.l402.gate.L402Listener;
import io.l402.gate.PriceLimiter;
import io.l402.gate.ServicePolicy;
import io.l402.gate.Settlements;
import io.l402.internal.FailureLog;
import io.l402.keys.MasterKeys;
import io.l402.keys.RevocationList;
import io.l402.keys.RootKeyStore;
import io.l402.lightning.Capability;
import io.l402.lightning.GuardedBackend;
import io.l402.lightning.LightningBackend;
import io.l402.lightning.SettlementFeed;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes everything that a configuration speaks of, and ends what it made. The services can be
 * replaced by others while it decides; all else stays. Safe for use by many threads.
 */
final class GateAssembly implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(L402Filter.class.getName());

  /** What a decision may take longer than the node is given. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final L402Config config;
  private final L402Listener listener;
  private final Optional<LightningBackend> node;
  private final Optional<GuardedBackend> backend;
  private final Optional<Settlements> settled;
  private final RootKeyStore rootKeys;
  private final Optional<RevocationList> revocations;
  private final FreebieStore freebies;
  private final FreebieStore dryRunFreebies;
  private final ChallengeLimiter challenges;
  private final ChallengeLimiter dryRunChallenges;
  private final PriceLimiter priceLimiter = new PricesInFlight(PricesInFlight.DEFAULT_CAPACITY);
  private final Edge edge;
  private Optional<SettlementFeed> settlements = Optional.empty();
  private volatile Snapshot now;
  private final List<Snapshot> retired = new ArrayList<>();
  private boolean closed;

  private GateAssembly(L402Config config) {
    this.config = config;
    listener = config.extensions().listener();
    rootKeys = rootKeys();
    revocations = revocations();
    freebies = freebies();
    dryRunFreebies = freebies();
    challenges = new BucketChallengeLimiter(config.challenges().limits());
    dryRunChallenges = new BucketChallengeLimiter(config.challenges().limits());
    edge = Edge.of(config);
    node = Backends.find(config);
    backend = node.map(found -> Backends.guard(config, found, Backends.toLog(new FailureLog(LOG))));
    settled = backend.map(Settlements::of);
    try {
      now = snapshot(config, ServiceLimits.of(config.services()), PriceServers.none());
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

  /**
   * The services of a configuration, with the price servers there are and those they need besides.
   */
  private Snapshot snapshot(L402Config offer, ServiceLimits limits, PriceServers before) {
    PriceServers prices = before.followedBy(offer.services());
    try {
      List<ServiceRule> rules = prices.connected(offer.services());
      Duration patience = config.challenges().backendDeadline().plus(GRACE);
      Duration total = prices.isEmpty() ? patience : patience.plus(PriceServers.DEADLINE);
      ServiceTable table = new ServiceTable(rules, offer.hosts());
      return new Snapshot(
          this,
          limits,
          prices,
          newGate(rules, limits),
          total,
          gate -> edge.walk(table, gate, offer.unmatched(), total));
    } catch (RuntimeException e) {
      prices.closeAllBut(before);
      throw e;
    }
  }

  private L402Gate newGate(List<ServiceRule> rules, ServiceLimits limits) {
    List<ServicePolicy> policies = rules.stream().map(ServiceRule::policy).toList();
    L402GateBuilder gate =
        L402Gate.builder(rootKeys, policies)
            .blocklist(this::isBlocked)
            .serviceLimiter(limits.real())
            .challengeLimiter(challenges)
            .priceLimiter(priceLimiter)
            .freebies(freebies)
            .dryRunCounts(limits.dryRun(), dryRunChallenges, dryRunFreebies)
            .listener(listener)
            .strictVerify(config.strictVerify())
            .strictCaveats(config.strictCaveats())
            .invoiceExpiry(config.challenges().invoiceExpiry())
            .clock(config.extensions().clock());
    backend.ifPresent(gate::backend);
    settled.ifPresent(gate::settlements);
    revocations.ifPresent(gate::revocations);
    config.edge().publicHost().ifPresent(gate::publicHost);
    config.extensions().satisfiers().forEach(gate::satisfier);
    return gate.build();
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

  /** Decides on requests that begin now. */
  Walk walk() {
    return now.walk();
  }

  /** The step to take with a dispatch of a request, by the services that it began with. */
  Step next(HttpServletRequest request) {
    Snapshot snapshot =
        Snapshot.of(request, this).map(GateAssembly::enterAgain).orElseGet(() -> begin(request));
    try {
      return snapshot.walk().next(request);
    } finally {
      snapshot.leave();
    }
  }

  /** One that has ended meanwhile goes on deciding on what began with it. */
  private static Snapshot enterAgain(Snapshot begun) {
    begun.enter();
    return begun;
  }

  private Snapshot begin(HttpServletRequest request) {
    Snapshot snapshot = enter();
    snapshot.putOn(request);
    return snapshot;
  }

  /** One that was retired a moment ago has a successor, unless this is closed. */
  private Snapshot enter() {
    Snapshot snapshot = now;
    while (!snapshot.enter() && snapshot != now) {
      snapshot = now;
    }
    return snapshot;
  }

  /**
   * Goes on with the services of another configuration. Requests under way end as they began.
   *
   * @throws L402ConfigException if it differs in what cannot change, or its parts do not fit
   *     together; then nothing has changed
   */
  void update(L402Config next) {
    Change change = change(next);
    PriceServers before = change.from.prices();
    PriceServers stillNeeded = change.to.prices();
    if (!before.areAllIn(stillNeeded)) {
      Snapshot.awaitUnused(change.retired);
      before.closeAllBut(stillNeeded);
    }
  }

  /** What was changed. Who waits for the end of what came before does so without the monitor. */
  private record Change(Snapshot from, Snapshot to, List<Snapshot> retired) {}

  private synchronized Change change(L402Config next) {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    FixedSettings.check(config, next);
    Snapshot before = now;
    ServiceLimits limits = before.limits().followedBy(next.services());
    now = snapshot(next, limits, before.prices());
    return new Change(before, now, retire(before));
  }

  /** All that is retired and may still be decided by. */
  private List<Snapshot> retire(Snapshot before) {
    before.retire();
    retired.add(before);
    retired.removeIf(Snapshot::isUnused);
    return List.copyOf(retired);
  }

  /**
   * Ends the backend and its threads; one that was given in code is its giver's. Also ends what an
   * update waits with ending.
   */
  @Override
  public void close() {
    List<Snapshot> last;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      last = now == null ? List.of() : retire(now);
    }
    if (now != null && !now.prices().haveEnded()) {
      Snapshot.awaitUnused(last);
      now.prices().closeAll();
    }
    settlements.ifPresent(SettlementFeed::close);
    backend.ifPresent(GuardedBackend::close);
  }
}
