// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The settings a backend is made from, by the names they have in configuration, such as {@code
 * lndhost}. Values may be secrets: they do not print.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class BackendSettings {
  private final Map<String, String> values;

  private BackendSettings(Map<String, String> values) {
    this.values = values;
  }

  /** Settings by lower-case name. */
  public static BackendSettings of(Map<String, String> values) {
    return new BackendSettings(Map.copyOf(values));
  }

  /** The value of a setting, if it was given. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The names that were given. */
  public Set<String> names() {
    return values.keySet();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BackendSettings settings && values.equals(settings.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** The names that were given, not the values. */
  @Override
  public String toString() {
    return "BackendSettings" + new TreeMap<>(values).keySet();
  }
}
