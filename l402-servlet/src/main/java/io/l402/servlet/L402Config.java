// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.L402ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the filter and the proxy work by: the services, what they cost, and the node that is paid.
 *
 * <p>It is made in code with {@link #builder}, from {@code web.xml} with {@link
 * #fromInitParameters}, or from a YAML file with {@link #load}; the keys are the same for all
 * three. What is said in code comes before init-params, these before the environment, that before
 * the file, and the file before the defaults. A configuration that cannot be used is refused as a
 * whole, with every fault in one message.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class L402Config {
  private final ConfigParts parts;
  private final ServiceTable table;

  L402Config(ConfigParts parts) {
    this.parts = Objects.requireNonNull(parts, "parts");
    table = new ServiceTable(parts.services(), parts.hosts());
  }

  /** Begins a configuration in code. */
  public static L402ConfigBuilder builder() {
    return new L402ConfigBuilder();
  }

  /**
   * Reads a YAML file; the environment of this process comes before it.
   *
   * @throws L402ConfigException naming every fault, its key and its line
   */
  public static L402Config load(Path file) {
    return builder().file(file).environment(System.getenv()).build();
  }

  /**
   * Reads the init-params of a filter, or context-params without their prefix; the environment of
   * this process fills in what they leave out. They say one service, or name a file with {@code
   * config}.
   *
   * @throws L402ConfigException naming every fault and its key
   */
  public static L402Config fromInitParameters(Map<String, String> parameters) {
    return builder().initParameters(parameters).environment(System.getenv()).build();
  }

  /** What should be looked at although it is no error, for the log. */
  public List<String> warnings() {
    return parts.warnings();
  }

  /** The names of the services, in the order in which they are matched. */
  public List<String> serviceNames() {
    return parts.services().stream().map(ServiceRule::name).toList();
  }

  /** The name of the backend; empty if it was given in code or none is needed. */
  public Optional<String> backendName() {
    return parts.backend().name();
  }

  /** Whether nothing that is paid is money. */
  public boolean isSimulated() {
    return parts.backend().simulated();
  }

  /** The services, in order. */
  List<ServiceRule> services() {
    return parts.services();
  }

  /** Finds the service of a request. */
  ServiceTable table() {
    return table;
  }

  /** What becomes of a request whose path no service matches. */
  Unmatched unmatched() {
    return parts.unmatched();
  }

  /** Whether any request may have to be paid for; if not, no backend is needed. */
  boolean needsBackend() {
    return parts.services().stream().anyMatch(ServiceRule::isPaid);
  }

  BackendChoice backend() {
    return parts.backend();
  }

  KeySettings keys() {
    return parts.keys();
  }

  ChallengeSettings challenges() {
    return parts.challenges();
  }

  EdgeSettings edge() {
    return parts.edge();
  }

  /** Whether a token is only accepted when the node reports its invoice as settled. */
  boolean strictVerify() {
    return parts.strictVerify();
  }

  /** Whether caveats that nobody knows are refused. */
  boolean strictCaveats() {
    return parts.strictCaveats();
  }

  /** How long until a client's free requests come back. */
  Duration freebieWindow() {
    return parts.freebieWindow();
  }
}
