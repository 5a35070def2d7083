// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import io.l402.internal.FailureLog;
import io.l402.servlet.Forwarding;
import io.l402.servlet.Upstream;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Forwards what the filter let pass. */
public final class L402ProxyServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final System.Logger LOG = System.getLogger(L402ProxyServlet.class.getName());

  private transient FailureLog failures;
  private transient Via via;
  private transient UpstreamClients clients;
  private transient UnderWay underWay;

  /** A servlet; everything it needs to know comes with each request. */
  public L402ProxyServlet() {}

  /**
   * Checks that the HTTP client is there.
   *
   * @throws UnavailableException naming the artifacts to add
   */
  @Override
  public void init() throws ServletException {
    try {
      clients = new UpstreamClients(JettyUpstreamClient::start);
      JettyUpstreamClient.check();
    } catch (LinkageError | IllegalStateException e) {
      throw new UnavailableException(
          "L402ProxyServlet needs Jetty's HTTP client: add org.eclipse.jetty:jetty-client,"
              + " org.eclipse.jetty.http2:jetty-http2-client-transport and"
              + " org.eclipse.jetty:jetty-alpn-java-client, 12.0 or 12.1 (missing: "
              + e.getMessage()
              + ")");
    }
    failures = new FailureLog(LOG);
    via = Via.create();
    underWay = new UnderWay();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (request.getAttribute(Exchange.BROKEN) instanceof Exchange) {
      throw new BrokenAnswerException();
    }
    if (request.getDispatcherType() == DispatcherType.INCLUDE) {
      throw new ServletException("an upstream's answer cannot be included");
    }
    try {
      forward(request, response);
    } catch (RefusedException e) {
      LOG.log(System.Logger.Level.DEBUG, "refused to forward", e);
      LocalAnswer.write(request, response, e.failure());
    }
  }

  private void forward(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Forwarding forwarding =
        Forwarding.of(request)
            .orElseThrow(() -> new RefusedException(Failure.NO_DECISION, "no filter in front"));
    Upstream upstream =
        forwarding
            .upstream()
            .orElseThrow(() -> new RefusedException(Failure.NOT_FOUND, "no address"));
    Plan plan = Plan.of(request, forwarding, upstream, via, client(upstream));
    objection(plan)
        .ifPresent(
            failure -> {
              throw new RefusedException(failure, "not to be forwarded");
            });
    if (plan.inbound().isForUs()) {
      response.setContentLength(0);
    } else if (plan.inbound().isWebSocket()) {
      upgrade(request, response, plan, TokenExpiry.left(forwarding.token(), Instant.now()));
    } else {
      exchange(request, response, plan).begin();
    }
  }

  private Exchange exchange(HttpServletRequest request, HttpServletResponse response, Plan plan) {
    Exchange exchange = new Exchange(request, response, plan, failures, underWay::remove);
    underWay.add(exchange);
    return exchange;
  }

  private void upgrade(
      HttpServletRequest request, HttpServletResponse response, Plan plan, Duration life)
      throws IOException {
    Upgrade upgrade = new Upgrade(plan, life);
    Upgrade.Asked asked = upgrade.ask(request);
    if (asked.outcome() instanceof Handshake.Outcome.Declined declined) {
      exchange(request, response, plan).resume(asked.exchange(), declined.answer());
    } else if (asked.outcome() instanceof Handshake.Outcome.Switched switched) {
      underWay.add(upgrade.tie(request, response, switched, underWay::remove));
    }
  }

  private Optional<Failure> objection(Plan plan) {
    Inbound inbound = plan.inbound();
    if (via.isIn(inbound.fields())) {
      return Optional.of(Failure.LOOP);
    }
    if (inbound.expectsMore()) {
      return Optional.of(Failure.EXPECTATION);
    }
    if (inbound.isWebSocket() && inbound.hasBody()) {
      return Optional.of(Failure.BAD_REQUEST);
    }
    boolean forbidden = inbound.isWebSocket() && !plan.upstream().webSocket();
    return forbidden ? Optional.of(Failure.NOT_IMPLEMENTED) : Optional.empty();
  }

  private UpstreamClient client(Upstream upstream) {
    try {
      return clients.of(upstream);
    } catch (IllegalArgumentException | IllegalStateException e) {
      failures.failed(
          System.Logger.Level.ERROR, "no connection to " + upstream.address() + " can be made", e);
      throw new RefusedException(Failure.BAD_GATEWAY, "no client");
    }
  }

  /** How many requests are on their way. */
  int underWay() {
    return underWay.count();
  }

  /** Breaks off what is under way and closes all connections. */
  @Override
  public void destroy() {
    if (underWay != null) {
      underWay.close();
      clients.close();
    }
  }
}
