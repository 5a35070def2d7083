// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.MilliSatoshi;
import io.l402.gate.AuthLevel;
import io.l402.gate.Pricer;
import io.l402.servlet.ConfigNode.Mapping;
import io.l402.servlet.ConfigNode.Scalar;
import io.l402.servlet.ConfigNode.Sequence;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A service of a configuration made in code. What it says is checked when that is built. */
public final class ServiceBuilder {
  private static final String WHERE = "code";

  private final Map<String, ConfigNode> members = new LinkedHashMap<>();

  private final String name;
  private Pricer pricer;

  ServiceBuilder(String name) {
    this.name = Objects.requireNonNull(name, "name");
    set("name", name);
  }

  /**
   * Sets a key of the service by its name, with a value as in the file. A key in a section is named
   * with a dot, as in {@code upstreamtimeout.connect}.
   */
  public ServiceBuilder set(String key, String value) {
    members.put(key, scalar(value));
    return this;
  }

  /** Sets a key that is a list. */
  public ServiceBuilder set(String key, List<String> values) {
    members.put(key, sequence(values));
    return this;
  }

  /** Sets a key that is a map; the order is kept. */
  public ServiceBuilder set(String key, Map<String, String> values) {
    Map<String, ConfigNode> nodes = new LinkedHashMap<>();
    values.forEach((name, value) -> nodes.put(name, scalar(value)));
    members.put(key, new Mapping(nodes, WHERE));
    return this;
  }

  /** The paths it takes: exact ones, and prefixes such as {@code /api/*}. By default all. */
  public ServiceBuilder paths(String... paths) {
    return set("paths", Arrays.asList(paths));
  }

  /** The hosts it takes. By default every one. */
  public ServiceBuilder host(String... hosts) {
    return set("host", Arrays.asList(hosts));
  }

  /** Paths that pass unpaid: exact ones, and prefixes such as {@code /free/*}. */
  public ServiceBuilder freePaths(String... paths) {
    return set("freepaths", Arrays.asList(paths));
  }

  /** Whether it is paid for. */
  public ServiceBuilder auth(AuthLevel auth) {
    return set("auth", auth.toString());
  }

  /** The same price for every request. */
  public ServiceBuilder price(MilliSatoshi price) {
    return set("price", price.toString());
  }

  /** A price that depends on the request. */
  public ServiceBuilder pricer(Pricer pricer) {
    this.pricer = Objects.requireNonNull(pricer, "pricer");
    return this;
  }

  /** How long a token lives after it was minted: 60 seconds to ten years. */
  public ServiceBuilder timeout(Duration timeout) {
    return set("timeout", timeout.toString());
  }

  /** The capabilities a token is sold with. */
  public ServiceBuilder capabilities(String... capabilities) {
    return set("capabilities", Arrays.asList(capabilities));
  }

  /** The capability a presented token must have. */
  public ServiceBuilder requireCapability(String capability) {
    return set("requirecapability", capability);
  }

  String name() {
    return name;
  }

  Map<String, ConfigNode> members() {
    return members;
  }

  Optional<Pricer> pricer() {
    return Optional.ofNullable(pricer);
  }

  private static ConfigNode sequence(List<String> values) {
    return new Sequence(values.stream().<ConfigNode>map(ServiceBuilder::scalar).toList(), WHERE);
  }

  private static Scalar scalar(String value) {
    return new Scalar(Objects.requireNonNull(value, "value"), true, WHERE);
  }
}
