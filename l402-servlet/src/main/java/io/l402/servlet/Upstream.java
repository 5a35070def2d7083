// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the proxy forwards a service's requests to. For {@link
 * io.l402.servlet.proxy.L402ProxyServlet}, which the filter hands it to with each request.
 *
 * @param base scheme, host and port
 * @param headers fields to set, in order, with their values read in; values may be secrets
 * @param rewritePrefix what the path is put behind; begins with a slash; empty for nothing
 * @param tls how the upstream's certificate is checked
 * @param timeouts how long it may take
 * @param webSocket whether upgrades to WebSocket are forwarded
 * @param forwardCredential what the upstream sees of the L402 credential
 */
public record Upstream(
    URI base,
    Map<String, String> headers,
    Optional<String> rewritePrefix,
    Tls tls,
    Timeouts timeouts,
    boolean webSocket,
    Credential forwardCredential) {

  /** What of the L402 credential the upstream sees. */
  public enum Credential {
    /** Nothing: it is taken out. */
    NONE,
    /** Fields that tell the token's id, service and tier in place of it. */
    CLAIMS,
    /** All of it, the preimage too. */
    ORIGINAL
  }

  /**
   * How the upstream's certificate is checked.
   *
   * @param certPath a PEM file with what is trusted; empty for what the platform trusts
   * @param insecureSkipVerify whether it is not checked at all
   */
  public record Tls(Optional<Path> certPath, boolean insecureSkipVerify) {}

  /**
   * How long an upstream may take.
   *
   * @param connect to accept a connection
   * @param firstByte to begin its answer
   * @param idle between two bytes
   */
  public record Timeouts(Duration connect, Duration firstByte, Duration idle) {
    /** What holds where nothing is configured. */
    public static final Timeouts DEFAULT =
        new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(30), Duration.ofSeconds(60));
  }

  /** Keeps the fields in their order. */
  public Upstream {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** Its host and port, whatever is spoken to it. */
  public String address() {
    return base.getAuthority();
  }

  /** Tells the names of the fields, not their values. */
  @Override
  public String toString() {
    return "Upstream[" + base + ", headers " + headers.keySet() + "]";
  }
}
