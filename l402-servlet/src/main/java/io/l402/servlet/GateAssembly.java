// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.L402ConfigException;
import io.l402.gate.L402Gate;
import io.l402.gate.L402GateBuilder;
import io.l402.gate.ServicePolicy;
import io.l402.keys.MasterKeys;
import io.l402.keys.RevocationList;
import io.l402.keys.RootKeyStore;
import io.l402.lightning.GuardedBackend;
import io.l402.lightning.LightningBackend;
import io.l402.lightning.LightningBackendProvider;
import io.l402.lightning.Network;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** Makes everything that a configuration speaks of, and ends what it made. */
final class GateAssembly implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(L402Filter.class.getName());
  private static final Clock CLOCK = Clock.systemUTC();
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final L402Config config;
  private final Optional<LightningBackend> own;
  private final Walk walk;

  private GateAssembly(L402Config config, Optional<LightningBackend> own) {
    this.config = config;
    this.own = own;
    this.walk = newWalk(newGate());
  }

  /**
   * Makes it.
   *
   * @throws L402ConfigException if the parts do not fit together
   */
  static GateAssembly of(L402Config config) {
    Optional<LightningBackend> own =
        config.backend().instance().isPresent() ? Optional.empty() : newBackend(config.backend());
    try {
      return new GateAssembly(config, own);
    } catch (RuntimeException e) {
      own.ifPresent(LightningBackend::close);
      throw e;
    }
  }

  private static Optional<LightningBackend> newBackend(BackendChoice choice) {
    return choice.name().map(name -> provider(name).create(choice.settings()));
  }

  private static LightningBackendProvider provider(String name) {
    List<String> found = new ArrayList<>();
    for (LightningBackendProvider provider : ServiceLoader.load(LightningBackendProvider.class)) {
      if (provider.name().equals(name)) {
        return provider;
      }
      found.add(provider.name());
    }
    throw new L402ConfigException(
        "backend: there is no " + name + " on the class path, only " + new TreeSet<>(found));
  }

  private L402Gate newGate() {
    List<ServicePolicy> policies = config.services().stream().map(ServiceRule::policy).toList();
    L402GateBuilder gate =
        L402Gate.builder(rootKeys(), policies)
            .blocklist(this::isBlocked)
            .strictVerify(config.strictVerify())
            .strictCaveats(config.strictCaveats())
            .invoiceExpiry(config.challenges().invoiceExpiry());
    revocations().ifPresent(gate::revocations);
    config.edge().publicHost().ifPresent(gate::publicHost);
    config.backend().instance().or(() -> own).map(this::guard).ifPresent(gate::backend);
    return gate.build();
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
        .or(() -> keys.revocationFile().map(file -> RevocationList.file(file, CLOCK)));
  }

  private GuardedBackend guard(LightningBackend backend) {
    return GuardedBackend.builder(backend)
        .network(network())
        .deadline(config.challenges().backendDeadline())
        .build();
  }

  /** What invoices must be for; money that is not real is a private chain's. */
  private Network network() {
    return config
        .backend()
        .settings()
        .get("network")
        .flatMap(Network::byName)
        .orElse(config.isSimulated() ? Network.REGTEST : Network.MAINNET);
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

  /** Decides on requests. */
  Walk walk() {
    return walk;
  }

  /** Ends the backend, if it was made here. */
  @Override
  public void close() {
    own.ifPresent(LightningBackend::close);
  }
}
