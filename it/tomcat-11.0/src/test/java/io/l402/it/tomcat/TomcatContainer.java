// SPDX-License-Identifier: Apache-2.0
package io.l402.it.tomcat;

import io.l402.it.RunningContainer;
import io.l402.it.TestContainer;
import io.l402.it.WebApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.ErrorPage;

/** Tomcat 11.0 in this JVM, for applications made in code, with the settings of the README. */
public final class TomcatContainer implements TestContainer {
  @Override
  public String name() {
    return "Tomcat 11.0";
  }

  @Override
  public RunningContainer start(WebApplication application) throws Exception {
    Path base = Files.createTempDirectory("l402-tomcat");
    Tomcat tomcat = new Tomcat();
    Running running = new Running(tomcat, base);
    try (StartFailure failure = new StartFailure()) {
      tomcat.setBaseDir(base.toString());
      tomcat.setConnector(connector(application.threads()));
      Context context = addContext(tomcat, application, base);
      tomcat.start();
      if (!context.getState().isAvailable()) {
        throw new IllegalStateException("the application did not start", failure.seen);
      }
      return running;
    } catch (Exception e) {
      running.close();
      throw e;
    }
  }

  private static Connector connector(int threads) {
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("maxThreads", Integer.toString(threads));
    connector.setProperty("minSpareThreads", Integer.toString(Math.min(threads, 4)));
    // By default Tomcat says 100 Continue before any filter was asked.
    connector.setProperty("continueResponseTiming", "onRead");
    // Over HTTP/1.1 it drops the trailers of requests but these.
    connector.setProperty("allowedTrailerHeaders", "x-checksum");
    // By default it closes a connection after a hundred requests.
    connector.setProperty("maxKeepAliveRequests", "-1");
    Http2Protocol http2 = new Http2Protocol();
    http2.setOverheadDataThreshold(0);
    http2.setStreamReadTimeout(-1);
    connector.addUpgradeProtocol(http2);
    return connector;
  }

  private static Context addContext(Tomcat tomcat, WebApplication application, Path base)
      throws IOException {
    Path docs = Files.createDirectories(base.resolve("docs"));
    Context context = tomcat.addContext(application.contextPath(), docs.toString());
    Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet")
        .addMapping("/");
    application.contextParameters().forEach(context::addParameter);
    application.errorPages().forEach((status, page) -> context.addErrorPage(page(status, page)));
    context.addServletContainerInitializer((none, ctx) -> application.onStartup(ctx), Set.of());
    return context;
  }

  private static ErrorPage page(int status, String location) {
    ErrorPage page = new ErrorPage();
    page.setErrorCode(status);
    page.setLocation(location);
    return page;
  }

  private record Running(Tomcat tomcat, Path base) implements RunningContainer {
    @Override
    public int port() {
      return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() {
      try (Stream<Path> files = Files.walk(base)) {
        tomcat.stop();
        tomcat.destroy();
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (LifecycleException | IOException e) {
        throw new IllegalStateException("Tomcat did not stop", e);
      }
    }
  }

  /** Tomcat only logs why an application did not start. */
  private static final class StartFailure extends Handler implements AutoCloseable {
    private static final Logger CATALINA = Logger.getLogger("org.apache.catalina");
    private volatile Throwable seen;

    StartFailure() {
      CATALINA.addHandler(this);
    }

    @Override
    public void publish(LogRecord entry) {
      if (entry.getThrown() != null && seen == null) {
        seen = entry.getThrown();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      CATALINA.removeHandler(this);
    }
  }
}
