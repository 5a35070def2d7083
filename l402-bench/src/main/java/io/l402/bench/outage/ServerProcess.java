// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import io.l402.MilliSatoshi;
import io.l402.servlet.L402Config;
import io.l402.servlet.L402Filter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/**
 * The server that is measured: Tomcat with the filter and lnd as its backend, configured by names
 * as an operator does it, with the limits of challenges off: it is the node that is exercised.
 *
 * <p>It says its port, and ends with its input. Arguments are the node's address and the files with
 * its certificate and the macaroon.
 */
final class ServerProcess {
  static final String PATH = "/weather";
  private static final Logger TOMCAT_LOG = Logger.getLogger("org.apache");
  private static final Logger LOADER_LOG = Logger.getLogger("org.apache.catalina.loader");

  private ServerProcess() {}

  /** Runs until there is nothing more to read. */
  public static void main(String[] args) throws Exception {
    TOMCAT_LOG.setLevel(Level.WARNING);
    LOADER_LOG.setLevel(Level.SEVERE);
    Path folder = Files.createTempDirectory("l402-bench");
    Tomcat tomcat = tomcat(folder, config(args[0], args[1], args[2], folder.resolve("keys")));
    tomcat.start();
    System.out.println(tomcat.getConnector().getLocalPort());
    System.in.transferTo(OutputStream.nullOutputStream());
    tomcat.stop();
    delete(folder);
    System.exit(0);
  }

  private static Tomcat tomcat(Path folder, L402Config config) {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setConnector(connector());
    Context context = tomcat.addContext("", folder.toString());
    context.addServletContainerInitializer((none, ctx) -> register(ctx, config), Set.of());
    return tomcat;
  }

  private static Connector connector() {
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("maxKeepAliveRequests", "-1");
    return connector;
  }

  private static L402Config config(String host, String tls, String macaroon, Path keys) {
    return L402Config.builder()
        .set("lndhost", host)
        .set("tlspath", tls)
        .set("macaroonpath", macaroon)
        .set("network", "regtest")
        .set("challengelimits", "off")
        .masterKeyFile(keys)
        .service("weather", it -> it.paths(PATH).price(MilliSatoshi.ofSat(10)))
        .build();
  }

  private static void register(ServletContext context, L402Config config) {
    FilterRegistration.Dynamic filter = context.addFilter("l402", new L402Filter(config));
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    ServletRegistration.Dynamic servlet = context.addServlet("weather", new Weather());
    servlet.setAsyncSupported(true);
    servlet.addMapping(PATH);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  /** What is sold. It costs the server next to nothing, so that it hides nothing. */
  private static final class Weather extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final byte[] BODY = "sunny\n".getBytes(StandardCharsets.US_ASCII);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType("text/plain");
      response.setContentLength(BODY.length);
      response.getOutputStream().write(BODY);
    }
  }
}
