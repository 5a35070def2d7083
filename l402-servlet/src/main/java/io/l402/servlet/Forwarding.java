// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.VerifiedL402;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Optional;

/**
 * What the filter tells the proxy of a request that it let pass: where it goes, and what of it can
 * be relied on.
 *
 * <p>Only the filter can make one, so a request that carries one was decided on; whoever sets
 * request attributes, as an AJP peer may, can only set texts. Immutable and safe for use by many
 * threads.
 */
public final class Forwarding {
  static final String ATTRIBUTE = Forwarding.class.getName();
  private static final System.Logger LOG = System.getLogger(L402Filter.class.getName());

  private final Optional<Upstream> upstream;
  private final String path;
  private final Optional<VerifiedL402> token;
  private final Hops hops;
  private final Runnable onFailure;

  private Forwarding(Arrival.Matched arrival, Optional<VerifiedL402> token, Runnable onFailure) {
    this.upstream = arrival.rule().upstream();
    this.path = arrival.access().path();
    this.token = token;
    this.hops = arrival.hops();
    this.onFailure = onFailure;
  }

  /** Where nobody hears of failures. */
  static Forwarding of(Arrival.Matched arrival, Optional<VerifiedL402> token) {
    return of(arrival, token, () -> {});
  }

  /**
   * What is told of a request.
   *
   * @param onFailure hears that the upstream failed
   */
  static Forwarding of(Arrival.Matched arrival, Optional<VerifiedL402> token, Runnable onFailure) {
    return new Forwarding(arrival, token, onFailure);
  }

  /** What the filter says of a request; empty if no filter of ours let it pass. */
  public static Optional<Forwarding> of(ServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Forwarding forwarding
        ? Optional.of(forwarding)
        : Optional.empty();
  }

  /** Puts it with the request, in place of another. */
  void putOn(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** Where the service's requests go; empty if the service has no address. */
  public Optional<Upstream> upstream() {
    return upstream;
  }

  /**
   * The path that was decided on, below a prefix of it, percent-encoded in the one way there is.
   *
   * @param prefix what to leave out; empty, or a path without a slash at its end
   * @return beginning with a slash; empty if the path does not lie below the prefix
   */
  public Optional<String> encodedPathBelow(String prefix) {
    Objects.requireNonNull(prefix, "prefix");
    boolean below =
        path.startsWith(prefix)
            && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    if (!below) {
      return Optional.empty();
    }
    String rest = path.substring(prefix.length());
    return Optional.of(new RequestPath.Canonical(rest.isEmpty() ? "/" : rest).encoded());
  }

  /** The token that was paid for; empty if none was needed. */
  public Optional<VerifiedL402> token() {
    return token;
  }

  /** Whether the peer is a trusted proxy, whose other {@code X-Forwarded-} fields are believed. */
  public boolean isPeerTrusted() {
    return hops.trusted();
  }

  /** The value for {@code X-Forwarded-For}: the client, then the trusted proxies, the peer last. */
  public String forwardedFor() {
    return String.join(", ", hops.addresses());
  }

  /**
   * Tells the filter's listener that the upstream gave no answer, or none that is complete. To be
   * said once; what the listener throws changes nothing.
   */
  public void upstreamFailed() {
    try {
      onFailure.run();
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.WARNING, "a listener failed; the answer stands", e);
    }
  }

  @Override
  public String toString() {
    return "Forwarding[" + path + " to " + upstream + "]";
  }
}
