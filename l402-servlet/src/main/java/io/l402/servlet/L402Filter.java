// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.L402ConfigException;
import io.l402.internal.FailureLog;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Puts a price on the URLs of a web application: whoever presents a token that was paid for over
 * the Lightning Network passes, anybody else is told how to pay.
 *
 * <p>It must be the first filter, mapped to {@code /*} for all five dispatcher types, with
 * asynchronous support, and refuses to work otherwise: see {@link L402Initializer} for the short
 * way. What costs how much is said by its {@link L402Config}.
 *
 * <p>A request that passes with a token carries it as the attribute {@link #TOKEN_ATTRIBUTE}, of
 * type {@link io.l402.VerifiedL402}. Its {@code getUserPrincipal()} is the token id and its {@code
 * getAuthType()} is {@code L402}, unless the container itself has authenticated somebody. The
 * credential stays among the header fields.
 *
 * <p><b>Security.</b> It fails closed: whatever goes wrong before the decision is made, the
 * application is not reached. Safe for use by many threads.
 *
 * @see <a
 *     href="https://github.com/lightninglabs/L402/blob/master/protocol-specification.md">protocol-specification.md</a>
 */
public final class L402Filter implements Filter {
  /** The request attribute with the {@link io.l402.VerifiedL402} of a request that was paid for. */
  public static final String TOKEN_ATTRIBUTE = "io.l402.token";

  /**
   * The attribute of the servlet context with the {@link io.l402.lightning.LightningBackend} that
   * is paid, from the start of the filter on, if anything has a price: for health checks.
   */
  public static final String BACKEND_ATTRIBUTE = "io.l402.backend";

  /**
   * The attribute of the servlet context with this filter, from its start on: for {@link
   * #updateServices}.
   */
  public static final String FILTER_ATTRIBUTE = "io.l402.filter";

  private static final System.Logger LOG = System.getLogger(L402Filter.class.getName());

  private final FailureLog failures = new FailureLog(LOG);
  private final Optional<L402Config> given;
  private volatile GateAssembly assembly;
  private DispatchProbe probe;

  /** A filter that is configured by its init-params, or the context's. For {@code web.xml}. */
  public L402Filter() {
    given = Optional.empty();
  }

  /** A filter that is configured in code. */
  public L402Filter(L402Config config) {
    given = Optional.of(config);
  }

  /**
   * Reads the configuration and checks that nothing gets past this filter.
   *
   * @throws ServletException saying what is wrong, and the XML to use if it is the mapping
   */
  @Override
  public void init(FilterConfig filterConfig) throws ServletException {
    FilterMapping.of(filterConfig).check();
    try {
      L402Config config = given.orElseGet(() -> FilterParameters.read(filterConfig));
      config.warnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
      assembly = GateAssembly.of(config);
      assembly
          .node()
          .ifPresent(it -> filterConfig.getServletContext().setAttribute(BACKEND_ATTRIBUTE, it));
      filterConfig.getServletContext().setAttribute(FILTER_ATTRIBUTE, this);
      probe = new DispatchProbe();
    } catch (L402ConfigException e) {
      throw new ServletException(e.getMessage(), e);
    }
  }

  /**
   * Goes on with the services of another configuration, and with its {@code hosts} and {@code
   * unmatched}, while it serves requests. The change is one step: a request is decided on by the
   * services as they were when it began. The node, keys, revocations, the limits on challenges and
   * the counts of free requests go on; so do the counts of a service whose {@code ratelimits} are
   * the same, and the connection to a price server that is still asked.
   *
   * <p>Make it as the first one was made, from the same file, by the same code, or with {@link
   * L402Config#builder(jakarta.servlet.ServletContext)}: everything else must be the same. May wait
   * some seconds for prices that are still being asked for.
   *
   * @throws L402ConfigException naming the keys that differ and cannot change while the filter
   *     runs, or what is wrong with the services; then nothing has changed
   * @throws IllegalStateException if the filter is not started, or has ended
   */
  public void updateServices(L402Config config) {
    GateAssembly running = assembly;
    if (running == null) {
      throw new IllegalStateException("the filter is not started");
    }
    running.update(config);
    config.warnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
  }

  /** Lets the request pass, makes it wait, or refuses it. */
  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest in)
        || !(response instanceof HttpServletResponse out)) {
      throw new ServletException("L402 is for HTTP only");
    }
    if (probe.isOwn(in)) {
      return;
    }
    next(in, out).take(in, out, chain);
  }

  private Step next(HttpServletRequest request, HttpServletResponse response) {
    try {
      return probe.passes(request, response) ? assembly.next(request) : Step.UNAVAILABLE;
    } catch (RuntimeException | StackOverflowError e) {
      failures.failed(
          System.Logger.Level.ERROR, "no decision could be made; the request is refused", e);
      return Step.BROKEN;
    }
  }

  /** Ends what this filter began. */
  @Override
  public void destroy() {
    if (assembly != null) {
      assembly.close();
    }
  }
}
