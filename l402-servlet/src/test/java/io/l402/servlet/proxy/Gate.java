// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import io.l402.servlet.L402Config;
import io.l402.servlet.L402ConfigBuilder;
import io.l402.servlet.L402Filter;
import io.l402.servlet.ServiceBuilder;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The filter and the proxy on Jetty, which speaks HTTP/1.1 and, by prior knowledge, HTTP/2. */
final class Gate implements AutoCloseable {
  final L402ProxyServlet proxy = new L402ProxyServlet();
  private final Server server;
  private final ServerConnector connector;

  private Gate(L402Config config, String context, String mapping) throws Exception {
    QueuedThreadPool threads = new QueuedThreadPool(24);
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(64 * 1024); // more than the proxy's own limit
    http.setResponseHeaderSize(128 * 1024);
    HTTP2CServerConnectionFactory http2 = new HTTP2CServerConnectionFactory(http);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http), http2);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler handler = new ServletContextHandler();
    handler.setContextPath(context);
    if (config != null) {
      FilterHolder filter = new FilterHolder(new L402Filter(config));
      filter.setAsyncSupported(true);
      handler.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
    }
    ServletHolder servlet = new ServletHolder(proxy);
    servlet.setAsyncSupported(true);
    handler.addServlet(servlet, mapping);
    server.setHandler(handler);
    server.start();
  }

  /** Forwards everything to an upstream, free of charge. */
  static Gate to(RawUpstream upstream) throws Exception {
    return to(upstream.address(), "http", service -> {});
  }

  static Gate to(RawUpstream upstream, Consumer<ServiceBuilder> settings) throws Exception {
    return to(upstream.address(), "http", settings);
  }

  static Gate to(String address, String protocol, Consumer<ServiceBuilder> settings)
      throws Exception {
    return of(config(address, protocol, settings).build(), "/", "/*");
  }

  static L402ConfigBuilder config(
      String address, String protocol, Consumer<ServiceBuilder> settings) {
    return L402Config.builder()
        .service(
            "rest",
            service -> {
              service.set("address", address).set("protocol", protocol).set("auth", "off");
              settings.accept(service);
            });
  }

  static Gate of(L402Config config, String context, String mapping) throws Exception {
    return new Gate(config, context, mapping);
  }

  int port() {
    return connector.getLocalPort();
  }

  RawClient connect() throws IOException {
    return new RawClient(port());
  }

  /** Sends a head and returns all that comes until the connection is closed. */
  String exchange(String... lines) throws IOException {
    try (RawClient client = connect()) {
      return client.head(lines).readAll();
    }
  }

  /** A GET on a connection that is closed behind it. */
  String get(String target, String... fields) throws IOException {
    String[] lines = new String[fields.length + 3];
    lines[0] = "GET " + target + " HTTP/1.1";
    lines[1] = "Host: gate.example";
    lines[2] = "Connection: close";
    System.arraycopy(fields, 0, lines, 3, fields.length);
    return exchange(lines);
  }

  /** The same, of which the upstream's view is asked for. */
  List<String> seen(RawUpstream upstream, String target, String... fields) throws Exception {
    get(target, fields);
    return upstream.head();
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
