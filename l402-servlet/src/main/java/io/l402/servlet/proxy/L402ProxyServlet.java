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

/**
 * Puts the gate in front of other people's backends: forwards what {@link
 * io.l402.servlet.L402Filter} let pass to the {@code address} of its service.
 *
 * <pre>{@code
 * <servlet>
 *   <servlet-name>proxy</servlet-name>
 *   <servlet-class>io.l402.servlet.proxy.L402ProxyServlet</servlet-class>
 *   <async-supported>true</async-supported>
 * </servlet>
 * <servlet-mapping>
 *   <servlet-name>proxy</servlet-name>
 *   <url-pattern>/*</url-pattern>
 * </servlet-mapping>
 * }</pre>
 *
 * <p>It has no parameters: everything it needs to know comes from the filter with each request, and
 * a request without that is answered with 503. It needs Jetty's HTTP client, in the version of the
 * container if that is Jetty, and refuses to start without: {@code org.eclipse.jetty:jetty-client},
 * {@code org.eclipse.jetty.http2:jetty-http2-client-transport} and {@code
 * org.eclipse.jetty:jetty-alpn-java-client}.
 *
 * <table>
 * <caption>What it does</caption>
 * <tr><th>of</th><th>what</th></tr>
 * <tr><td>target</td><td>{@code address}, then {@code rewrite.prefix}, then the path that the filter
 *     decided on, encoded anew, then the query as it came. Left out is the context path and, where
 *     the servlet is mapped to {@code /proxy/*}, the {@code /proxy}.</td></tr>
 * <tr><td>protocol</td><td>{@code http}: HTTP/1.1. {@code https}: HTTP/2 or HTTP/1.1, as the upstream
 *     likes. {@code h2c}: HTTP/2 without TLS, for gRPC. All work for clients of either version.</td>
 *     </tr>
 * <tr><td>bodies</td><td>are streamed, with back-pressure and without a thread, both ways at once; an
 *     event is flushed when it comes. Trailers follow. Nothing is decoded.</td></tr>
 * <tr><td>{@code Expect}</td><td>{@code 100-continue} is answered when the request was let pass; any
 *     other with 417. On Tomcat a thread of the container has to wait for the first bytes: when 8 do,
 *     others are told by 417 to repeat the request without.</td></tr>
 * <tr><td>gRPC</td><td>all four kinds of calls; an answer that is trailers only stays readable; what
 *     fails here has status 14. gRPC-Web passes as it is.</td></tr>
 * <tr><td>WebSocket</td><td>is tunnelled where the container can upgrade connections, unless the
 *     service says {@code websocket: false}; else 501. A tunnel ends with the token, and after a day.
 *     The container's thread waits for the upstream's answer to the upgrade, for ten seconds at most;
 *     when 16 wait, others are answered with 503.</td></tr>
 * <tr><td>fields for the next hop</td><td>and those that {@code Connection} names are dropped, both
 *     ways, before ours are added; {@code TE: trailers} is passed on, with {@code Connection: TE}.
 *     So are those that begin with {@code Proxy-}, and {@code Refresh} and {@code Alt-Svc} of
 *     answers.</td></tr>
 * <tr><td>{@code X-Forwarded-For}, {@code -Proto}, {@code -Host}</td><td>are written anew; what a
 *     trusted proxy says is kept. {@code Forwarded}, {@code X-Real-IP} and other {@code X-Forwarded-}
 *     fields are dropped.</td></tr>
 * <tr><td>{@code Via}</td><td>is added both ways; a request that comes back is answered with 508.
 *     </td></tr>
 * <tr><td>{@code Max-Forwards}</td><td>of OPTIONS is counted down; at 0 the answer is ours.</td></tr>
 * <tr><td>credential</td><td>{@code forwardcredential}: {@code none} takes out what was read as an
 *     L402 credential, {@code claims} puts {@code L402-Token-Id}, {@code L402-Service} and {@code
 *     L402-Tier} in its place, {@code original} leaves it. Other credentials pass. What a client
 *     sends in fields that begin with {@code L402-} is dropped.</td></tr>
 * <tr><td>caching</td><td>An upstream's own 402 cannot be stored. The filter makes what was paid for
 *     {@code private}.</td></tr>
 * <tr><td>{@code dryrun}</td><td>What would have been decided is also said of an answer of ours; an
 *     upstream's {@code X-L402-Dry-Run} is dropped.</td></tr>
 * <tr><td>cookies</td><td>The container's session cookie stays here; a cookie's {@code Domain} is
 *     taken out.</td></tr>
 * <tr><td>{@code headers}</td><td>of the service are set last, in place of what the client sent.</td>
 *     </tr>
 * <tr><td>redirects</td><td>are passed on, with {@code Location} mapped back if it is the upstream's
 *     own.</td></tr>
 * <tr><td>limits</td><td>32 KiB of request fields, 16 KiB each, 100 in all: else 431. 64 KiB of
 *     answer fields: else 502. None on bodies.</td></tr>
 * <tr><td>time</td><td>{@code upstreamtimeout}: {@code connect}; {@code firstbyte} from the end of the
 *     request on; {@code idle} while nothing moves in either direction. None on the whole. A client
 *     that leaves ends the upstream's part within a second; over HTTP/1.1 no container sees it leave
 *     before something is written to it, so there a silent upstream is left when its time is up.
 *     </td></tr>
 * <tr><td>failure</td><td>502, or 504 if it took too long. Once the answer has begun it is broken
 *     off, so that it cannot be taken for complete, unless its client speaks HTTP/1.0 and was told no
 *     length. {@link io.l402.gate.L402Listener#upstreamFailed} hears of it, unless the client was the
 *     cause: by what it sent, or by not reading for 5 seconds before.</td></tr>
 * </table>
 *
 * <p><b>Security.</b> No part of the upstream's address comes from the client. TLS is verified,
 * unless the service says {@code insecureskipverify}. What could be read as two different requests
 * or answers is refused. Safe for use by many threads.
 */
public final class L402ProxyServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final System.Logger LOG = System.getLogger(L402ProxyServlet.class.getName());

  private transient ProxyContext context;
  private transient Via via;
  private transient UpstreamClients clients;

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
    context = ProxyContext.open(new FailureLog(LOG));
    via = Via.create();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (ClientSide.isBroken(request)) {
      ClientSide.tear(request);
      return;
    }
    if (request.getDispatcherType() == DispatcherType.ERROR) {
      return; // what is asked for is the text of an error, not the request once more
    }
    if (request.getDispatcherType() == DispatcherType.INCLUDE) {
      throw new ServletException("an upstream's answer cannot be included");
    }
    if (!request.isAsyncSupported()) {
      throw new ServletException(
          "L402ProxyServlet and every filter in front of it must be async-supported");
    }
    try {
      forward(request, response);
    } catch (RefusedException e) {
      LOG.log(System.Logger.Level.DEBUG, "refused to forward", e);
      if (e.failure().isUpstreams()) {
        Forwarding.of(request).ifPresent(Forwarding::upstreamFailed);
      }
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
    objection(plan.inbound(), upstream, via)
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
    ClientSide client = new ClientSide(request, response, plan.inbound(), context.answers());
    return new Exchange(client, plan, context);
  }

  private void upgrade(
      HttpServletRequest request, HttpServletResponse response, Plan plan, Duration life)
      throws IOException {
    Upgrade upgrade = new Upgrade(plan, life, context.handshakes());
    Upgrade.Asked asked = upgrade.ask(request);
    if (asked.outcome() instanceof Handshake.Outcome.Declined declined) {
      exchange(request, response, plan).resume(asked.exchange(), declined.answer());
    } else if (asked.outcome() instanceof Handshake.Outcome.Switched switched) {
      UnderWay underWay = context.underWay();
      underWay.add(upgrade.tie(request, response, switched, underWay::remove));
    }
  }

  /** Why a request is not forwarded although it could be; containers find some of it themselves. */
  static Optional<Failure> objection(Inbound inbound, Upstream upstream, Via via) {
    if (via.isIn(inbound.fields())) {
      return Optional.of(Failure.LOOP);
    }
    if (inbound.expectsMore()) {
      return Optional.of(Failure.EXPECTATION);
    }
    if (inbound.isWebSocket() && inbound.hasBody()) {
      return Optional.of(Failure.BAD_REQUEST);
    }
    boolean forbidden = inbound.isWebSocket() && !upstream.webSocket();
    return forbidden ? Optional.of(Failure.NOT_IMPLEMENTED) : Optional.empty();
  }

  private UpstreamClient client(Upstream upstream) {
    try {
      return clients.of(upstream);
    } catch (IllegalArgumentException | IllegalStateException e) {
      context
          .failures()
          .failed(
              System.Logger.Level.ERROR,
              "no connection to " + upstream.address() + " can be made",
              e);
      throw new RefusedException(Failure.BAD_GATEWAY, "no client");
    }
  }

  /** How many requests are on their way. */
  int underWay() {
    return context.underWay().count();
  }

  /** Breaks off what is under way and closes all connections. */
  @Override
  public void destroy() {
    if (context != null) {
      context.close();
      clients.close();
    }
  }
}
