// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.web;

import io.l402.servlet.proxy.L402ProxyServlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import java.time.Clock;

/**
 * Registers what the demo serves. What of it costs something is not said here but in {@code
 * WEB-INF/l402.yaml}: the servlets know nothing of payment.
 */
public final class DemoApplication implements ServletContextListener {
  /** For the container. */
  public DemoApplication() {}

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    Node node = new Node(context);
    add(context, "page", new PageServlet(node), "", "/wallet", "/assets/*").setLoadOnStartup(1);
    add(context, "qr", new QrServlet(), "/assets/qr.svg");
    add(context, "wallet", new WalletServlet(node), "/wallet/pay");
    add(
        context,
        "weather",
        new TextServlet(TextServlet.JSON, new Weather(Clock.systemUTC())),
        "/weather");
    add(context, "report", new TextServlet(TextServlet.PLAIN, DemoTexts::report), "/report");
    add(context, "free", new TextServlet(TextServlet.PLAIN, DemoTexts::free), "/free");
    add(
        context,
        "health",
        new TextServlet(TextServlet.JSON, in -> DemoTexts.health(node)),
        "/health");
    add(context, "healthz", new TextServlet(TextServlet.PLAIN, in -> ""), "/.aperture/healthz");
    // What is sold in front of somebody else's backend; gRPC knows no prefixes, so all other paths,
    // too.
    add(context, "proxy", new L402ProxyServlet(), "/proxy/*", "/").setLoadOnStartup(1);
    context.addServlet("proxy-demo", new ProxyDemo()).setLoadOnStartup(2);
    // The class that runs the WAR by itself lies at its root, where a container would serve it.
    add(context, "nothing", new NothingServlet(), "/io/*");
  }

  private static ServletRegistration.Dynamic add(
      ServletContext context, String name, HttpServlet servlet, String... mappings) {
    ServletRegistration.Dynamic added = context.addServlet(name, servlet);
    added.addMapping(mappings);
    added.setAsyncSupported(true);
    return added;
  }
}
