// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.gate.AccessRequest;
import io.l402.gate.Decision;
import io.l402.gate.L402Listener;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** How requests are read and refused, whichever services there are. */
record Edge(
    PathLeniency paths,
    RequestMethods methods,
    ClientAddress clients,
    Refuser refuser,
    CorsPolicy cors,
    L402Listener listener) {
  private static final System.Logger LOG = System.getLogger(L402Filter.class.getName());

  static Edge of(L402Config config) {
    EdgeSettings settings = config.edge();
    RequestMethods methods = new RequestMethods(List.copyOf(settings.methods()));
    CorsPolicy cors = new CorsPolicy(settings.cors(), methods.allow());
    ChallengeWriter writer = new ChallengeWriter(config.challenges(), cors, methods.allow());
    return new Edge(
        settings.paths(),
        methods,
        new ClientAddress(settings.trustedProxies(), Edge::warn),
        new Refuser(writer, settings.drainLimit()),
        cors,
        config.extensions().listener());
  }

  private static void warn(InetAddress proxy) {
    LOG.log(
        System.Logger.Level.WARNING,
        "{0} sends X-Forwarded-For or Forwarded and is not among trustedproxies: all its clients"
            + " count as one",
        proxy.getHostAddress());
  }

  /** What is done with requests for the services of this table. */
  Walk walk(
      ServiceTable table,
      Function<AccessRequest, CompletionStage<Decision>> gate,
      Unmatched unmatched,
      Duration patience) {
    Intake intake = new Intake(table, paths, methods, clients);
    return new Walk(intake, gate, refuser, cors, unmatched, patience, listener);
  }
}
