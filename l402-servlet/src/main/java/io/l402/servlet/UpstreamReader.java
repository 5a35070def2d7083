// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads where the proxy forwards a service's requests to. */
final class UpstreamReader {
  private static final Pattern PREFIX = Pattern.compile("/[A-Za-z0-9._~!$&'()*+,=:@/-]{0,1023}");
  private static final Set<String> PROTOCOLS = Set.of("http", "https", "h2c");
  private static final Duration MIN = Duration.ofMillis(1);
  private static final Duration MAX = Duration.ofDays(7);
  private static final List<String> NEED_ADDRESS =
      List.of(
          "protocol",
          "headers",
          "rewrite",
          "forwardcredential",
          "websocket",
          "tlscertpath",
          "insecureskipverify",
          "upstreamtimeout");

  private final Section section;
  private final HeaderValues values;

  UpstreamReader(Section section, HeaderValues values) {
    this.section = section;
    this.values = values;
  }

  /** The upstream; empty if the service has no address. Its other keys are checked all the same. */
  Optional<Upstream> read() {
    Map<String, String> headers =
        section.map("headers", entry -> values.field(entry.getKey(), entry.getValue()));
    Optional<String> prefix = prefix(section.section("rewrite"));
    Upstream.Tls tls = tls();
    Upstream.Timeouts timeouts = timeouts(section.section("upstreamtimeout"));
    boolean webSocket = section.flag("websocket", true);
    Upstream.Credential forward =
        section.value("forwardcredential", Upstream.Credential.NONE, UpstreamReader::credential);
    return base().map(uri -> new Upstream(uri, headers, prefix, tls, timeouts, webSocket, forward));
  }

  private Optional<URI> base() {
    Optional<String> protocol = section.value("protocol", UpstreamReader::protocol);
    Optional<String> address = section.value("address", HostNames::backend);
    if (!section.has("address")) {
      NEED_ADDRESS.stream()
          .filter(section::has)
          .forEach(key -> section.fault(key, "this needs an address to forward to"));
      return Optional.empty();
    }
    if (!section.has("protocol")) {
      section.fault("address", "it needs a protocol as well: http, https or h2c");
    }
    return protocol.isPresent() && address.isPresent()
        ? Optional.of(URI.create(protocol.get() + "://" + address.get()))
        : Optional.empty();
  }

  private static String protocol(String text) {
    if (!PROTOCOLS.contains(text)) {
      throw new IllegalArgumentException("expected http, https or h2c");
    }
    return text;
  }

  private static Upstream.Credential credential(String text) {
    return switch (text) {
      case "none" -> Upstream.Credential.NONE;
      case "claims" -> Upstream.Credential.CLAIMS;
      case "original" -> Upstream.Credential.ORIGINAL;
      default -> throw new IllegalArgumentException("expected none, claims or original");
    };
  }

  private static Optional<String> prefix(Section rewrite) {
    rewrite.refuseUnknown(Set.of());
    return rewrite.value("prefix", UpstreamReader::prefix).filter(text -> !text.isEmpty());
  }

  private static String prefix(String text) {
    boolean traversal = text.matches(".*/\\.{1,2}(/.*)?") || text.contains("//");
    if (!text.isEmpty() && (!PREFIX.matcher(text).matches() || traversal)) {
      throw new IllegalArgumentException(
          "expected an absolute path without query, fragment or dot segments, such as /v1");
    }
    return text;
  }

  private Upstream.Tls tls() {
    boolean insecure = section.flag("insecureskipverify", false);
    if (insecure) {
      section.warn("insecureskipverify", "anybody can pose as this upstream");
    }
    return new Upstream.Tls(section.value("tlscertpath", Values::path), insecure);
  }

  private static Upstream.Timeouts timeouts(Section timeouts) {
    timeouts.refuseUnknown(Set.of());
    Upstream.Timeouts defaults = Upstream.Timeouts.DEFAULT;
    return new Upstream.Timeouts(
        timeouts.value("connect", defaults.connect(), UpstreamReader::timeout),
        timeouts.value("firstbyte", defaults.firstByte(), UpstreamReader::timeout),
        timeouts.value("idle", defaults.idle(), UpstreamReader::timeout));
  }

  private static Duration timeout(String text) {
    return Values.duration(text, MIN, MAX);
  }
}
