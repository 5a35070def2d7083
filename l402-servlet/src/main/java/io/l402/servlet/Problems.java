// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.L402ConfigException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with a configuration, and what should be looked at: all of it, not the first. */
final class Problems {
  private static final int MAX_FAULTS = 100;
  private static final int MAX_QUOTED = 64;

  private final Set<String> faults = new LinkedHashSet<>();
  private final Set<String> warnings = new LinkedHashSet<>();
  private int left;

  /** Something that refuses the configuration. */
  void fault(String where, String what) {
    if (faults.size() < MAX_FAULTS) {
      faults.add(where + ": " + what);
    } else {
      left++;
    }
  }

  /** Something that does not. */
  void warn(String where, String what) {
    if (warnings.size() < MAX_FAULTS) {
      warnings.add(where + ": " + what);
    }
  }

  /**
   * Refuses the configuration if anything is wrong with it.
   *
   * @throws L402ConfigException listing all of it
   */
  void throwIfAny() {
    if (faults.isEmpty()) {
      return;
    }
    List<String> lines = new ArrayList<>(faults);
    if (left > 0) {
      lines.add("and " + left + " more");
    }
    throw new L402ConfigException(
        "the L402 configuration is refused:\n  " + String.join("\n  ", lines));
  }

  boolean isEmpty() {
    return faults.isEmpty();
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** A piece of the configuration as it may stand in a message: short, printable, one line. */
  static String quote(String text) {
    String cut = text.length() > MAX_QUOTED ? text.substring(0, MAX_QUOTED) + "..." : text;
    StringBuilder safe = new StringBuilder(cut.length());
    for (char c : cut.toCharArray()) {
      safe.append(c < 0x20 || c > 0x7e || c == '"' || c == '\\' ? '?' : c);
    }
    return safe.toString();
  }
}
