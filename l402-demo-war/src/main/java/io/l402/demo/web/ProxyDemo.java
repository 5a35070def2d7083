// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.web;

import io.l402.L402ConfigException;
import io.l402.MilliSatoshi;
import io.l402.demo.upstream.DemoUpstreams;
import io.l402.servlet.L402Config;
import io.l402.servlet.L402Filter;
import io.l402.servlet.ServiceBuilder;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import java.time.Clock;

/**
 * Starts two small backends and adds them to what the filter sells, while it runs: that is how an
 * application learns of services later than of its configuration. It serves nothing itself, and
 * does nothing where the demo was given a configuration of somebody else's.
 */
final class ProxyDemo extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String OWN = "/WEB-INF/l402.yaml";
  private static final System.Logger LOG = System.getLogger("io.l402.demo");

  private transient DemoUpstreams upstreams;

  /** Filters are ready when the first servlet begins. */
  @Override
  public void init() {
    ServletContext context = getServletContext();
    if (OWN.equals(context.getInitParameter("l402.config"))
        && context.getAttribute(L402Filter.FILTER_ATTRIBUTE) instanceof L402Filter filter) {
      upstreams = DemoUpstreams.start(Clock.systemUTC());
      sell(context, filter);
    }
  }

  private void sell(ServletContext context, L402Filter filter) {
    try {
      filter.updateServices(
          L402Config.builder(context)
              .service("tide", service -> rest(service).price(MilliSatoshi.ofSat(5)))
              .service("tide-grpc", service -> grpc(service).price(MilliSatoshi.ofSat(5)))
              .build());
    } catch (L402ConfigException e) {
      LOG.log(System.Logger.Level.WARNING, "the demo's proxy sells nothing: {0}", e.getMessage());
    }
  }

  private ServiceBuilder rest(ServiceBuilder service) {
    return service
        .paths("/proxy/*")
        .set("address", upstreams.restAddress())
        .set("protocol", "http");
  }

  private ServiceBuilder grpc(ServiceBuilder service) {
    return service
        .paths("/l402.demo.Tides/*")
        .set("address", upstreams.grpcAddress())
        .set("protocol", "h2c");
  }

  @Override
  public void destroy() {
    if (upstreams != null) {
      upstreams.close();
    }
  }
}
