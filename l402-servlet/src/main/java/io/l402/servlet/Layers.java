// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.servlet.ConfigNode.Mapping;
import io.l402.servlet.ConfigNode.Scalar;
import io.l402.servlet.ConfigNode.Sequence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes nodes of init-params, environment and file. */
final class Layers {
  private static final String PREFIX = "L402_";
  private static final String AUTHENTICATOR = "authenticator";
  private static final List<String> LIFTED = List.of("lndhost", "tlspath", "macdir", "network");
  private static final Set<String> OTHERS = Set.of("L402_CONFIG", "L402_REQUIRE");

  private Layers() {}

  /**
   * The document in a file. Faults of its own are thrown, not collected: nothing is left to read.
   */
  static Mapping file(Path file, Problems problems) {
    try (InputStream in = Files.newInputStream(file)) {
      return YamlReader.read(in.readNBytes(YamlReader.MAX_BYTES + 1));
    } catch (IOException e) {
      problems.fault("the file", Problems.quote(file.toString()) + ": cannot be read");
      return Mapping.empty("the file");
    }
  }

  /** What was said in code under these names; those with dots lie in sections. */
  static Mapping code(Map<String, ConfigNode> keys, Problems problems) {
    Map<String, ConfigNode> top = new LinkedHashMap<>();
    keys.forEach((name, node) -> put(top, name, node, problems));
    return new Mapping(top, "code");
  }

  /** Init-params; those with dots lie in sections. */
  static Mapping initParameters(Map<String, String> parameters, Problems problems) {
    Map<String, ConfigNode> top = new LinkedHashMap<>();
    new TreeMap<>(parameters)
        .forEach(
            (name, value) ->
                put(top, name, scalar(value, "init-param " + Problems.quote(name)), problems));
    return new Mapping(top, "the init-params");
  }

  /** What the environment says about the keys that concern every service. */
  static Mapping environment(Map<String, String> environment, Problems problems) {
    Map<String, String> keys =
        ConfigKeys.GLOBAL.stream()
            .filter(key -> !key.startsWith("authenticator.") && !key.equals("services"))
            .flatMap(key -> Stream.of(key, key.replaceFirst("\\..*", "")))
            .distinct()
            .collect(Collectors.toMap(Layers::variable, key -> key));
    Map<String, ConfigNode> top = new LinkedHashMap<>();
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (keys.containsKey(name) && !value.isEmpty()) {
                put(top, keys.get(name), scalar(value, "environment variable " + name), problems);
              } else if (name.startsWith(PREFIX) && !OTHERS.contains(name)) {
                warnIfMisspelt(name, keys.keySet(), problems);
              }
            });
    return new Mapping(top, "the environment");
  }

  /**
   * A layer in which what aperture calls {@code authenticator.lndhost} is our {@code lndhost}, so
   * that a layer above can say otherwise under either name.
   */
  static Mapping lifted(Mapping layer, Problems problems) {
    if (!(layer.members().get(AUTHENTICATOR) instanceof Mapping section)) {
      return layer;
    }
    Map<String, ConfigNode> top = new LinkedHashMap<>(layer.members());
    Map<String, ConfigNode> rest = new LinkedHashMap<>(section.members());
    for (String key : LIFTED) {
      if (rest.containsKey(key) && top.putIfAbsent(key, rest.get(key)) != null) {
        problems.fault(
            rest.get(key).where(), AUTHENTICATOR + "." + key + ": " + key + " is there as well");
      }
      rest.remove(key);
    }
    top.put(AUTHENTICATOR, new Mapping(rest, section.where()));
    return new Mapping(top, layer.where());
  }

  private static String variable(String key) {
    return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  /** A key of a service is no misspelling of a global one. */
  private static void warnIfMisspelt(String name, Set<String> keys, Problems problems) {
    boolean ofService = ConfigKeys.SERVICE.stream().map(Layers::variable).anyMatch(name::equals);
    if (!keys.contains(name) && !ofService) {
      NearestKey.of(name, keys)
          .ifPresent(
              key ->
                  problems.warn(
                      "environment variable " + Problems.quote(name),
                      "not read; did you mean " + key + "?"));
    }
  }

  private static Scalar scalar(String value, String where) {
    return new Scalar(value.trim(), true, where);
  }

  private static void put(
      Map<String, ConfigNode> top, String name, ConfigNode leaf, Problems problems) {
    int dot = name.indexOf('.');
    if (dot < 1) {
      merge(top, name, leaf, problems);
      return;
    }
    // Only one level: a header or a constraint may have dots in its name.
    Mapping inner = new Mapping(Map.of(name.substring(dot + 1), leaf), leaf.where());
    merge(top, name.substring(0, dot), inner, problems);
  }

  private static void merge(
      Map<String, ConfigNode> top, String key, ConfigNode node, Problems problems) {
    ConfigNode there = top.get(key);
    if (there instanceof Mapping one && node instanceof Mapping two) {
      top.put(key, one.orElse(two));
    } else if (there == null) {
      top.put(key, node);
    } else {
      problems.fault(node.where(), key + ": contradicts " + there.where());
    }
  }

  /** The members of a list of sections, refusing everything else. */
  static List<Mapping> sections(ConfigNode node, String key, Problems problems) {
    if (!(node instanceof Sequence sequence)) {
      problems.fault(node.where(), key + ": expected a list of sections");
      return List.of();
    }
    return sequence.items().stream()
        .filter(item -> isSection(item, key, problems))
        .map(Mapping.class::cast)
        .toList();
  }

  private static boolean isSection(ConfigNode item, String key, Problems problems) {
    if (!(item instanceof Mapping)) {
      problems.fault(item.where(), key + ": expected a section with keys");
    }
    return item instanceof Mapping;
  }
}
