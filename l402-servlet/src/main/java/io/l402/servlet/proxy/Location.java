// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import io.l402.servlet.Upstream;
import java.util.List;
import java.util.Optional;

/** Maps what an upstream says of its own addresses back to ours. */
final class Location {
  private final Upstream upstream;
  private final String outside;

  /**
   * For answers of this upstream.
   *
   * @param outside what stands in front of a path as our clients see it
   */
  Location(Upstream upstream, String outside) {
    this.upstream = upstream;
    this.outside = outside;
  }

  /** A {@code Location} as our client can follow it; anybody else's is left alone. */
  String map(String value) {
    return path(value)
        .flatMap(this::belowPrefix)
        .filter(path -> !path.startsWith("//") && !path.contains("/..") && !path.contains("\\"))
        .map(path -> outside + path)
        .orElse(value);
  }

  /** The path and what follows it, if it is on the upstream's own origin. */
  private Optional<String> path(String value) {
    if (value.startsWith("/")) {
      return Optional.of(value);
    }
    return origins().stream()
        .filter(origin -> value.regionMatches(true, 0, origin, 0, origin.length()))
        .map(origin -> value.substring(origin.length()))
        .filter(rest -> rest.startsWith("/"))
        .findFirst();
  }

  /** With the scheme's own port and without it: upstreams write what they read in {@code Host}. */
  private List<String> origins() {
    String origin = Target.origin(upstream);
    String port = origin.startsWith("https:") ? ":443" : ":80";
    if (origin.endsWith(port)) {
      return List.of(origin, origin.substring(0, origin.length() - port.length()));
    }
    return upstream.base().getPort() < 0 ? List.of(origin, origin + port) : List.of(origin);
  }

  private Optional<String> belowPrefix(String path) {
    String prefix = Target.prefix(upstream);
    String rest = path.startsWith(prefix) ? path.substring(prefix.length()) : "";
    return rest.startsWith("/") ? Optional.of(rest) : Optional.empty();
  }
}
