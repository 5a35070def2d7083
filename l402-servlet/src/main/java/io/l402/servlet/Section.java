// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.servlet.ConfigNode.Mapping;
import io.l402.servlet.ConfigNode.Scalar;
import io.l402.servlet.ConfigNode.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A section of the configuration, read key by key. What is wrong is collected and read as if it
 * were not there, so that one run finds everything.
 */
final class Section {
  private final Mapping node;
  private final String label;
  private final Set<String> keys;
  private final String prefix;
  private final Problems problems;
  private final Set<String> known;

  /**
   * A section.
   *
   * @param node what was written
   * @param label what messages name it by; empty, or ends in a blank
   * @param keys the keys there are, with dots
   * @param prefix where in those this section lies; empty, or ends in a dot
   */
  Section(Mapping node, String label, Set<String> keys, String prefix, Problems problems) {
    this.node = node;
    this.label = label;
    this.keys = keys;
    this.prefix = prefix;
    this.problems = problems;
    known = ConfigKeys.inside(keys, prefix);
  }

  /** Whether something is written for a key; an empty text is nothing. */
  boolean has(String key) {
    ConfigNode value = member(key);
    boolean empty = value instanceof Scalar scalar && (scalar.isNull() || scalar.text().isEmpty());
    return value != null && !empty;
  }

  /** Whether a section's key is there with keys of its own. */
  boolean isMapping(String key) {
    return member(key) instanceof Mapping;
  }

  /** Where a key is written, or where the section is if it is not. */
  String where(String key) {
    return node.members().containsKey(key) ? node.members().get(key).where() : node.where();
  }

  /** Refuses the configuration because of a key. */
  void fault(String key, String what) {
    problems.fault(where(key), label + prefix + key + ": " + what);
  }

  /** Refuses the configuration because of an item of a key's list. */
  void fault(String key, ConfigNode item, String what) {
    problems.fault(item.where(), label + prefix + key + ": " + what);
  }

  /** Reports something about a key. */
  void warn(String key, String what) {
    problems.warn(where(key), label + prefix + key + ": " + what);
  }

  /** Reports something about the section. */
  void warnAll(String what) {
    problems.warn(node.where(), label + what);
  }

  /** The text of a key; empty if there is none, or if it is no text. */
  Optional<String> text(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    if (member(key) instanceof Scalar scalar) {
      return Optional.of(scalar.text());
    }
    fault(key, "expected one value, found " + kind(member(key)));
    return Optional.empty();
  }

  /** The value of a key. What the parser refuses is a fault; its message must not repeat it. */
  <T> Optional<T> value(String key, Function<String, T> parser) {
    return text(key).flatMap(text -> parse(key, where(key), text, parser));
  }

  /** The value of a key, or what stands for it. */
  <T> T value(String key, T fallback, Function<String, T> parser) {
    return value(key, parser).orElse(fallback);
  }

  /** Whether a switch is on. */
  boolean flag(String key, boolean fallback) {
    return value(key, fallback, Values::flag);
  }

  /** The values of a list, or of one text that is split at this expression. */
  <T> List<T> list(String key, String split, Function<String, T> parser) {
    List<T> values = new ArrayList<>();
    for (Scalar item : items(key, split)) {
      parse(key, item.where(), item.text(), parser).ifPresent(values::add);
    }
    return values;
  }

  private List<Scalar> items(String key, String split) {
    List<Scalar> items = new ArrayList<>();
    if (has(key) && member(key) instanceof Sequence sequence) {
      sequence.items().forEach(item -> addItem(key, item, items));
    } else {
      text(key).stream()
          .flatMap(text -> Arrays.stream(text.split(split)))
          .filter(text -> !text.isBlank())
          .forEach(text -> items.add(new Scalar(text.trim(), true, where(key))));
    }
    return items;
  }

  private void addItem(String key, ConfigNode item, List<Scalar> items) {
    if (item instanceof Scalar scalar && !scalar.isNull()) {
      items.add(scalar);
    } else {
      fault(key, item, "expected values, found " + kind(item));
    }
  }

  /** A map of texts whose keys are free, in order. */
  <T> Map<String, T> map(String key, Function<Map.Entry<String, String>, T> parser) {
    Map<String, T> values = new LinkedHashMap<>();
    if (has(key) && member(key) instanceof Mapping mapping) {
      mapping.members().forEach((name, value) -> putMember(key, name, value, parser, values));
    } else if (has(key)) {
      fault(key, "expected keys and values, found " + kind(member(key)));
    }
    return values;
  }

  private <T> void putMember(
      String key,
      String name,
      ConfigNode value,
      Function<Map.Entry<String, String>, T> parser,
      Map<String, T> values) {
    String path = key + "." + Problems.quote(name);
    if (value instanceof Scalar scalar && !scalar.isNull()) {
      parse(path, value.where(), scalar.text(), text -> parser.apply(Map.entry(name, text)))
          .ifPresent(parsed -> values.put(name, parsed));
    } else {
      fault(path, value, "expected one value, found " + kind(value));
    }
  }

  /** A section inside this one; an empty one if it is not there. */
  Section section(String key) {
    if (has(key) && member(key) instanceof Mapping mapping) {
      return inside(key, mapping);
    }
    if (has(key)) {
      fault(key, "expected a section with keys, found " + kind(member(key)));
    }
    return inside(key, Mapping.empty(where(key)));
  }

  private Section inside(String key, Mapping mapping) {
    return new Section(mapping, label, keys, prefix + key + ".", problems);
  }

  /** The nodes of a list; one that is no list counts as its only item. */
  List<ConfigNode> nodes(String key) {
    if (!has(key)) {
      return List.of();
    }
    return member(key) instanceof Sequence sequence ? sequence.items() : List.of(member(key));
  }

  /** A section for an item of a list. */
  Section item(String key, Mapping item) {
    return inside(key, item);
  }

  /** Refuses what is written here under keys that do not exist. */
  void refuseUnknown(Set<String> ignored) {
    Set<String> others = ConfigKeys.inside(ignored, prefix);
    node.members()
        .forEach(
            (key, value) -> {
              if (!known.contains(key) && !others.contains(key)) {
                unknown(key, value);
              }
            });
  }

  private void unknown(String key, ConfigNode value) {
    String guess =
        NearestKey.of(key, known).map(nearest -> "; did you mean " + nearest + "?").orElse("");
    fault(Problems.quote(key), value, "there is no such key" + guess);
  }

  /** The keys written here that are among these, with where. */
  List<String> writtenAmong(Set<String> others) {
    Set<String> names = ConfigKeys.inside(others, prefix);
    return node.members().entrySet().stream()
        .filter(member -> names.contains(member.getKey()))
        .filter(member -> !known.contains(member.getKey()))
        .map(member -> prefix + member.getKey() + " (" + member.getValue().where() + ")")
        .toList();
  }

  private <T> Optional<T> parse(String key, String where, String text, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(text));
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      String plain = message.startsWith(key + ": ") ? message.substring(key.length() + 2) : message;
      problems.fault(where, label + prefix + key + ": " + plain);
      return Optional.empty();
    }
  }

  private ConfigNode member(String key) {
    if (!known.contains(key)) {
      throw new IllegalStateException(prefix + key + " is not declared");
    }
    return node.members().get(key);
  }

  private static String kind(ConfigNode node) {
    if (node instanceof Scalar scalar) {
      return scalar.isNull() ? "nothing" : "a value";
    }
    return node instanceof Sequence ? "a list" : "a section";
  }
}
