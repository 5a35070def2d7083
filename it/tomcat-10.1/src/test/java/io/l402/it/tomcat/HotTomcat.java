// SPDX-License-Identifier: Apache-2.0
package io.l402.it.tomcat;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanFilter;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** A Tomcat that goes on while applications come and go. */
final class HotTomcat implements AutoCloseable {
  private final Tomcat tomcat = new Tomcat();

  /** Starts it without any application. */
  HotTomcat(Path folder) throws Exception {
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    Files.createDirectories(folder.resolve("webapps"));
    tomcat.setBaseDir(folder.toString());
    tomcat.setConnector(connector);
    tomcat.getEngine().setParentClassLoader(new ServerClasses());
    tomcat.getHost();
    tomcat.start();
  }

  int port() {
    return tomcat.getConnector().getLocalPort();
  }

  /** Deploys a WAR; the parameters stand beside those of its {@code web.xml}. */
  Context deploy(String path, Path war, Map<String, String> parameters) {
    ContextConfig reader = new ContextConfig();
    reader.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
    Context context = new StandardContext();
    context.setName(path);
    context.setPath(path);
    context.setDocBase(war.toAbsolutePath().toString());
    context.addLifecycleListener(reader);
    context.setJarScanner(ownJarsOnly());
    parameters.forEach(context::addParameter);
    tomcat.getHost().addChild(context);
    if (!context.getState().isAvailable()) {
      throw new IllegalStateException("the application did not start");
    }
    return context;
  }

  /** Reading all of gRPC for annotations takes longer than everything else. */
  private static StandardJarScanner ownJarsOnly() {
    StandardJarScanFilter filter = new StandardJarScanFilter();
    filter.setDefaultPluggabilityScan(false);
    filter.setPluggabilityScan("l402-*.jar");
    StandardJarScanner scanner = new StandardJarScanner();
    scanner.setScanClassPath(false);
    scanner.setJarScanFilter(filter);
    return scanner;
  }

  void undeploy(Context context) {
    tomcat.getHost().removeChild(context);
  }

  /** The applications whose classes Tomcat itself still finds, after a collection of garbage. */
  List<String> leaks() {
    return List.of(((StandardHost) tomcat.getHost()).findReloadedContextMemoryLeaks());
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }

  /** What an installed Tomcat shows to applications: the JDK, itself and the servlet API. */
  private static final class ServerClasses extends ClassLoader {
    ServerClasses() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("org.apache.") || name.startsWith("jakarta.")) {
        return Tomcat.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }

    /** Tomcat reads a class of its own as a file, to define it in the application. */
    @Override
    protected URL findResource(String name) {
      return name.startsWith("org/apache/")
          ? Tomcat.class.getClassLoader().getResource(name)
          : null;
    }
  }
}
