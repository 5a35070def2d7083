// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.VerifiedL402;
import io.l402.gate.Decision;
import jakarta.servlet.ServletRequest;
import java.util.Optional;

/**
 * What was decided on a request, kept with it from one dispatch to the next.
 *
 * <p>Whoever sets request attributes, as an AJP peer may, cannot make one of this type; and it
 * counts only for the filter that made it and for the service, path and method it was made for.
 */
final class Passage {
  static final String ATTRIBUTE = Passage.class.getName();

  private final Object owner;
  private final Arrival.Matched arrival;
  private final Decision decision;
  private boolean awaited;

  private Passage(Object owner, Arrival.Matched arrival, Decision decision, boolean awaited) {
    this.owner = owner;
    this.arrival = arrival;
    this.decision = decision;
    this.awaited = awaited;
  }

  /** Remembers what was decided while the request goes on. */
  static Passage of(Object owner, Arrival.Matched arrival, Decision decision) {
    return new Passage(owner, arrival, decision, false);
  }

  /** Remembers what was decided while the request waited, and is now to be acted on. */
  static Passage awaited(Object owner, Arrival.Matched arrival, Decision decision) {
    return new Passage(owner, arrival, decision, true);
  }

  /** What this owner decided on the request before, if it did. */
  static Optional<Passage> find(ServletRequest request, Object owner) {
    return request.getAttribute(ATTRIBUTE) instanceof Passage passage && passage.owner == owner
        ? Optional.of(passage)
        : Optional.empty();
  }

  /** Puts it with the request, in place of another. */
  void putOn(ServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** Whether somebody waits for this decision to be acted on; true only once. */
  boolean takeAwaited() {
    boolean was = awaited;
    awaited = false;
    return was;
  }

  /** Whether it was made for the same service, path and method. */
  boolean isFor(Arrival other) {
    return other instanceof Arrival.Matched matched
        && matched.rule() == arrival.rule()
        && matched.access().path().equals(arrival.access().path())
        && matched.access().method().equals(arrival.access().method());
  }

  /** Whether it let a request of this service pass. */
  boolean allows(ServiceRule rule) {
    return rule == arrival.rule() && decision instanceof Decision.Allowed;
  }

  /** What the proxy is told of a request that it let pass, with the token if there is one. */
  Forwarding forwarding(VerifiedL402 token, Runnable onFailure) {
    return Forwarding.of(arrival, Optional.ofNullable(token), onFailure);
  }

  Decision decision() {
    return decision;
  }
}
