// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.gate.AccessRequest;
import io.l402.gate.ServicePolicy;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets the proxy be measured without {@link L402Filter}: tells it the same of every request, made
 * once and for all, so that nothing is left of the filter but one attribute. It checks nothing. It
 * is in this package, and not in the product, because nobody else may make a {@link Forwarding}.
 */
public final class DecidedOnce implements Filter {
  private final Forwarding forwarding;

  /** Sends everything to a path of an upstream. */
  public DecidedOnce(URI upstream, String path) {
    InetAddress client = InetAddress.getLoopbackAddress();
    ServicePolicy policy = ServicePolicy.builder("bench").build();
    AccessRequest access = AccessRequest.of(policy, "GET", path, name -> List.of(), client);
    // Which requests a service takes is nothing that the proxy could ask.
    ServiceRule rule =
        new ServiceRule(policy, null, List.of(), Optional.of(to(upstream)), Optional.empty());
    forwarding =
        Forwarding.of(new Arrival.Matched(rule, access, Hops.direct(client)), Optional.empty());
  }

  private static Upstream to(URI uri) {
    return new Upstream(
        uri,
        Map.of(),
        Optional.empty(),
        new Upstream.Tls(Optional.empty(), false),
        Upstream.Timeouts.DEFAULT,
        false,
        Upstream.Credential.NONE);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    forwarding.putOn((HttpServletRequest) request);
    chain.doFilter(request, response);
  }
}
