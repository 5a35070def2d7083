// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.proxy;

import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;

/** A Tomcat that speaks HTTP/1.1 and h2c on one port of the loopback. */
final class Container implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("org.apache");
  private static final Logger LOADER_LOG = Logger.getLogger("org.apache.catalina.loader");

  private final Path folder = Files.createTempDirectory("l402-bench");
  private final Tomcat tomcat = new Tomcat();

  Container() throws IOException {
    LOG.setLevel(Level.WARNING);
    LOADER_LOG.setLevel(Level.SEVERE);
    tomcat.setBaseDir(folder.toString());
    tomcat.setConnector(connector());
  }

  private static Connector connector() {
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("maxKeepAliveRequests", "-1");
    Http2Protocol http2 = new Http2Protocol();
    http2.setOverheadDataThreshold(0);
    http2.setStreamReadTimeout(-1);
    connector.addUpgradeProtocol(http2);
    return connector;
  }

  /** A folder that goes when this is closed. */
  Path folder() {
    return folder;
  }

  void deploy(String contextPath, ServletContainerInitializer initializer) {
    tomcat
        .addContext(contextPath, folder.toString())
        .addServletContainerInitializer(initializer, Set.of());
  }

  /** Starts it and returns its port. */
  int start() throws LifecycleException {
    tomcat.start();
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void close() throws LifecycleException, IOException {
    tomcat.stop();
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
