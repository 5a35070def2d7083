// SPDX-License-Identifier: Apache-2.0
package io.l402.it.jetty;

import io.l402.it.Limit;
import io.l402.it.RunningContainer;
import io.l402.it.TestContainer;
import io.l402.it.WebApplication;
import java.util.Set;
import org.eclipse.jetty.ee11.servlet.DefaultServlet;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty 12.1 with its Servlet 6.1 environment, in this JVM, for applications made in code. */
public final class JettyContainer implements TestContainer {
  /** Streams may be silent for long. */
  private static final int IDLE_MILLIS = 300_000;

  @Override
  public String name() {
    return "Jetty 12.1";
  }

  @Override
  public Set<Limit> limits() {
    return Set.of(Limit.UPGRADES_WITH_LENGTH_ONLY);
  }

  @Override
  public RunningContainer start(WebApplication application) throws Exception {
    QueuedThreadPool threads = new QueuedThreadPool(application.threads(), 2);
    threads.setReservedThreads(0);
    Server server = new Server(threads);
    HttpConfiguration configuration = new HttpConfiguration();
    ServerConnector connector =
        new ServerConnector(
            server,
            1,
            1,
            new HttpConnectionFactory(configuration),
            new HTTP2CServerConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    connector.setPort(0);
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.setHandler(context(application));
    Running running = new Running(server, connector);
    try {
      server.start();
      return running;
    } catch (Exception e) {
      running.close();
      throw e;
    }
  }

  private static ServletContextHandler context(WebApplication application) {
    ServletContextHandler context = new ServletContextHandler();
    context.setContextPath(application.contextPath().isEmpty() ? "/" : application.contextPath());
    application.contextParameters().forEach(context::setInitParameter);
    context.addServlet(DefaultServlet.class, "/");
    ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
    application.errorPages().forEach(errors::addErrorPage);
    context.setErrorHandler(errors);
    context.addServletContainerInitializer((none, ctx) -> application.onStartup(ctx));
    return context;
  }

  private record Running(Server server, ServerConnector connector) implements RunningContainer {
    @Override
    public int port() {
      return connector.getLocalPort();
    }

    @Override
    public void close() {
      try {
        server.stop();
      } catch (Exception e) {
        throw new IllegalStateException("Jetty did not stop", e);
      }
    }
  }
}
