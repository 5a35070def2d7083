// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.L402ConfigException;
import io.l402.caveat.CaveatSatisfier;
import io.l402.gate.L402Listener;
import io.l402.gate.Pricer;
import io.l402.keys.RevocationList;
import io.l402.keys.RootKeyStore;
import io.l402.lightning.LightningBackend;
import io.l402.servlet.ConfigNode.Scalar;
import io.l402.servlet.ConfigNode.Sequence;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Collects a configuration: what is said here, and below it init-params, environment and file.
 *
 * <p>Not safe for use by many threads. See {@link L402Config} for the keys.
 */
public final class L402ConfigBuilder {
  private static final String WHERE = "code";

  final Map<String, ConfigNode> code = new LinkedHashMap<>();
  final List<ServiceBuilder> services = new ArrayList<>();
  final Map<String, Pricer> pricers = new LinkedHashMap<>();
  final Map<String, String> initParameters = new LinkedHashMap<>();
  final Map<String, String> environment = new LinkedHashMap<>();
  Path file;
  byte[] document;
  LightningBackend backend;
  boolean simulated;
  RootKeyStore rootKeyStore;
  RevocationList revocationList;
  private L402Listener listener = L402Listener.NONE;
  private final List<CaveatSatisfier> satisfiers = new ArrayList<>();
  private Clock clock = Clock.systemUTC();

  L402ConfigBuilder() {}

  /**
   * Sets a key by its name, with a value as in the file. A key in a section is named with a dot, as
   * in {@code challengelimits.client}.
   */
  public L402ConfigBuilder set(String key, String value) {
    code.put(key, scalar(value));
    return this;
  }

  /** Sets a key that is a list. */
  public L402ConfigBuilder set(String key, List<String> values) {
    code.put(
        key,
        new Sequence(values.stream().<ConfigNode>map(L402ConfigBuilder::scalar).toList(), WHERE));
    return this;
  }

  /** Adds a service, after those of the file and those added before. */
  public L402ConfigBuilder service(String name, Consumer<ServiceBuilder> settings) {
    ServiceBuilder service = new ServiceBuilder(name);
    settings.accept(service);
    services.add(service);
    return this;
  }

  /** The price of a service that the file or the init-params describe. */
  public L402ConfigBuilder pricer(String service, Pricer pricer) {
    pricers.put(
        Objects.requireNonNull(service, "service"), Objects.requireNonNull(pricer, "pricer"));
    return this;
  }

  /** The name of the backend, to be found among the installed ones. */
  public L402ConfigBuilder backend(String name) {
    return set("backend", name);
  }

  /** A backend that takes real money. The caller closes it. */
  public L402ConfigBuilder backend(LightningBackend backend) {
    this.backend = Objects.requireNonNull(backend, "backend");
    return this;
  }

  /** A backend whose money is not real, for trying out and for tests. The caller closes it. */
  public L402ConfigBuilder simulatedBackend(LightningBackend backend) {
    simulated = true;
    return backend(backend);
  }

  /** The file with the master keys. */
  public L402ConfigBuilder masterKeyFile(Path file) {
    return set("masterkeyfile", file.toString());
  }

  /** Where root keys come from, instead of a file of master keys. */
  public L402ConfigBuilder rootKeyStore(RootKeyStore store) {
    rootKeyStore = Objects.requireNonNull(store, "store");
    return this;
  }

  /** Which tokens are revoked, instead of a file. */
  public L402ConfigBuilder revocationList(RevocationList list) {
    revocationList = Objects.requireNonNull(list, "list");
    return this;
  }

  /** Hears what happens: for metrics, logs and accounts. */
  public L402ConfigBuilder listener(L402Listener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /** Judges caveats of a condition of the application's own. */
  public L402ConfigBuilder satisfier(CaveatSatisfier satisfier) {
    satisfiers.add(Objects.requireNonNull(satisfier, "satisfier"));
    return this;
  }

  /** The time that tokens and invoices go by; the system's by default. */
  public L402ConfigBuilder clock(Clock clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
    return this;
  }

  Extensions extensions() {
    return new Extensions(listener, satisfiers, clock);
  }

  /** A YAML file, below everything else. */
  public L402ConfigBuilder file(Path file) {
    this.file = Objects.requireNonNull(file, "file");
    return this;
  }

  /** A YAML document, in place of a file. */
  L402ConfigBuilder document(byte[] yaml) {
    document = yaml.clone();
    return this;
  }

  /** Init-params, by the names of the keys. */
  public L402ConfigBuilder initParameters(Map<String, String> parameters) {
    initParameters.putAll(parameters);
    return this;
  }

  /**
   * An environment, such as {@link System#getenv()}: {@code L402_} and the key in upper case, and
   * whatever is referred to by <code>${NAME}</code>. By default there is none.
   */
  public L402ConfigBuilder environment(Map<String, String> environment) {
    this.environment.putAll(environment);
    return this;
  }

  /**
   * Makes the configuration.
   *
   * @throws L402ConfigException naming every fault
   */
  public L402Config build() {
    return new Assembly(this).assemble();
  }

  private static Scalar scalar(String value) {
    return new Scalar(Objects.requireNonNull(value, "value"), true, WHERE);
  }
}
