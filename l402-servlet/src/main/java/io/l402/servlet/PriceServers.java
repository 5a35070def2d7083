// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.gate.PriceServer;
import io.l402.gate.Pricer;
import io.l402.gate.PricerProvider;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * The price servers that the services of a configuration are asked of: one connection to each,
 * which goes on as long as a later configuration has the same.
 */
final class PriceServers {
  /** How long a price may take. */
  static final Duration DEADLINE = Duration.ofSeconds(2);

  private static final System.Logger LOG = System.getLogger(L402Filter.class.getName());

  private final Map<PriceServer, Pricer> connections;

  /** Those of all that followed one another and that nobody has ended yet. */
  private final Set<Pricer> open;

  private PriceServers(Map<PriceServer, Pricer> connections, Set<Pricer> open) {
    this.connections = connections;
    this.open = open;
  }

  /** None. */
  static PriceServers none() {
    Set<Pricer> open = Collections.newSetFromMap(new IdentityHashMap<>());
    return new PriceServers(Map.of(), Collections.synchronizedSet(open));
  }

  /** What connects to price servers, if it is installed. */
  static Optional<PricerProvider> provider() {
    for (ClassLoader loader : Backends.loaders()) {
      Optional<PricerProvider> found = ServiceLoader.load(PricerProvider.class, loader).findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /**
   * Those of these services, with the connections that there are already.
   *
   * @throws io.l402.L402ConfigException if one cannot be made; then none of the new ones is left
   */
  PriceServers followedBy(List<ServiceRule> rules) {
    Map<PriceServer, Pricer> next = new HashMap<>();
    try {
      for (ServiceRule rule : rules) {
        wanted(rule).ifPresent(server -> next.computeIfAbsent(server, this::connection));
      }
    } catch (RuntimeException e) {
      new PriceServers(next, open).closeAllBut(this);
      throw e;
    }
    return new PriceServers(next, open);
  }

  private Pricer connection(PriceServer server) {
    Pricer before = connections.get(server);
    if (before != null) {
      return before;
    }
    Pricer made =
        provider()
            .orElseThrow(() -> new IllegalStateException("l402-grpc was there a moment ago"))
            .connect(server);
    open.add(made);
    return made;
  }

  /** The services with the prices that these servers tell; the others as they are. */
  List<ServiceRule> connected(List<ServiceRule> rules) {
    return rules.stream()
        .map(rule -> wanted(rule).map(s -> rule.withPricer(connections.get(s))).orElse(rule))
        .toList();
  }

  private static Optional<PriceServer> wanted(ServiceRule rule) {
    return rule.policy().pricer() instanceof AskedElsewhere asked
        ? Optional.of(asked.server())
        : Optional.empty();
  }

  boolean isEmpty() {
    return connections.isEmpty();
  }

  /** Whether closing all but those of another leaves nothing to do. */
  boolean areAllIn(PriceServers others) {
    return others.connections.keySet().containsAll(connections.keySet());
  }

  /** Ends the connections that these others do not have. */
  void closeAllBut(PriceServers others) {
    connections.forEach(
        (server, pricer) -> {
          if (others.connections.get(server) != pricer) {
            close(pricer);
          }
        });
  }

  /** Whether there is nothing left to end, of these and of those before them. */
  boolean haveEnded() {
    return open.isEmpty();
  }

  /** Ends these and what is left of those before them. */
  void closeAll() {
    for (Pricer pricer : open.toArray(Pricer[]::new)) {
      close(pricer);
    }
  }

  /** Once, whoever comes first. */
  private void close(Pricer pricer) {
    try {
      if (open.remove(pricer)) {
        pricer.close();
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a price server's connection did not end well", e);
    }
  }
}
