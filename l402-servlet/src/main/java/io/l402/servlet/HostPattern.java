// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import com.google.re2j.Pattern;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** A set of hosts: a regular expression, exact names, or every host there is. */
final class HostPattern {
  /** Every host, and none. */
  static final HostPattern ANY = new HostPattern(Optional.empty(), Set.of());

  private final Optional<Pattern> regex;
  private final Set<String> names;

  private HostPattern(Optional<Pattern> regex, Set<String> names) {
    this.regex = regex;
    this.names = names;
  }

  /** The hosts in which a regular expression is found, with or without their port. */
  static HostPattern regex(String regex) {
    return new HostPattern(Optional.of(Pattern.compile(regex, Pattern.CASE_INSENSITIVE)), Set.of());
  }

  /** Exactly these hosts, in lower case; one without a port is meant with any. */
  static HostPattern of(Collection<String> names) {
    return new HostPattern(Optional.empty(), Set.copyOf(names));
  }

  /** Whether every host will do. */
  boolean isAny() {
    return regex.isEmpty() && names.isEmpty();
  }

  /** Whether this host is one of these. No host is the empty one; a malformed one is none. */
  boolean matches(HostField host) {
    if (isAny()) {
      return true;
    }
    return host instanceof HostField.Named named
        ? accepts(named.name()) || named.port().isPresent() && accepts(named.authority())
        : host instanceof HostField.Absent && accepts("");
  }

  private boolean accepts(String text) {
    return regex.map(pattern -> pattern.matcher(text).find()).orElseGet(() -> names.contains(text));
  }

  @Override
  public String toString() {
    return regex.map(Pattern::pattern).orElseGet(names::toString);
  }
}
