// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of configuration as it was written, and where: every door leads to these. */
sealed interface ConfigNode {
  /** Where it was written, for messages: {@code line 12}, {@code init-param price}. */
  String where();

  /**
   * A text.
   *
   * @param text as written: {@code 007} is not 7
   * @param quoted whether it stood in quotes
   */
  record Scalar(String text, boolean quoted, String where) implements ConfigNode {
    /** Whether nothing was written, as in {@code price:}. */
    boolean isNull() {
      return !quoted && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }

    /** Values may be secrets. */
    @Override
    public String toString() {
      return "Scalar[" + where + "]";
    }
  }

  /** A list. */
  record Sequence(List<ConfigNode> items, String where) implements ConfigNode {
    public Sequence {
      items = Collections.unmodifiableList(new ArrayList<>(items));
    }
  }

  /** Keys and values, in order. A value's place is that of its key. */
  record Mapping(Map<String, ConfigNode> members, String where) implements ConfigNode {
    public Mapping {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** No keys at all. */
    static Mapping empty(String where) {
      return new Mapping(Map.of(), where);
    }

    /** These keys, and of the others those that are missing here; sections are merged alike. */
    Mapping orElse(Mapping lower) {
      Map<String, ConfigNode> merged = new LinkedHashMap<>(members);
      lower.members.forEach((key, node) -> merged.merge(key, node, Mapping::prefer));
      return new Mapping(merged, where);
    }

    private static ConfigNode prefer(ConfigNode high, ConfigNode low) {
      return high instanceof Mapping one && low instanceof Mapping two ? one.orElse(two) : high;
    }
  }
}
