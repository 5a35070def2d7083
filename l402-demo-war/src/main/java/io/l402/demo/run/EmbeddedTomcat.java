// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.run;

import java.net.BindException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.apache.catalina.Context;
import org.apache.catalina.Host;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.ApplicationParameter;
import org.apache.tomcat.util.scan.StandardJarScanner;

/**
 * Tomcat with the WAR in it. Takes {@code war}, {@code folder}, {@code host}, {@code port} and
 * perhaps {@code config}; what it gives back stops the server.
 *
 * <p>Lies beside Tomcat in {@code WEB-INF/lib-run/}, never on the web application's class path.
 */
public final class EmbeddedTomcat implements Function<Map<String, String>, AutoCloseable> {
  /** For the class that runs the WAR, which knows this one by name only. */
  public EmbeddedTomcat() {}

  /**
   * Starts the server.
   *
   * @throws IllegalStateException if it cannot; the message says what to do
   */
  @Override
  public AutoCloseable apply(Map<String, String> options) {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(options.get("folder"));
    Connector connector = connector(options);
    tomcat.setConnector(connector);
    Context context = deploy(tomcat, options);
    start(tomcat, context, options);
    System.out.println(
        "l402-demo: listening on http://"
            + bracketed(options.get("host"))
            + ":"
            + connector.getLocalPort()
            + "/");
    return () -> stop(tomcat);
  }

  private static Connector connector(Map<String, String> options) {
    Connector connector = new Connector();
    connector.setPort(Integer.parseInt(options.get("port")));
    connector.setProperty("address", options.get("host"));
    connector.setThrowOnFailure(true);
    connector.setXpoweredBy(false);
    // Else Tomcat asks for the body of an upload before anybody has decided on it.
    connector.setProperty("continueResponseTiming", "onRead");
    connector.addUpgradeProtocol(http2());
    return connector;
  }

  /** Small frames and idle streams are usual in gRPC; Tomcat's defaults end such connections. */
  private static Http2Protocol http2() {
    Http2Protocol http2 = new Http2Protocol();
    http2.setOverheadDataThreshold(0);
    http2.setStreamReadTimeout(-1);
    return http2;
  }

  private static Context deploy(Tomcat tomcat, Map<String, String> options) {
    // What the web application sees of this JVM: Tomcat, and not the WAR as a jar.
    tomcat.getEngine().setParentClassLoader(EmbeddedTomcat.class.getClassLoader());
    Host host = tomcat.getHost();
    host.getPipeline().addValve(quietErrors());
    host.getAppBaseFile().mkdirs();
    Context context = tomcat.addWebapp("", options.get("war"));
    context.addLifecycleListener(EmbeddedTomcat::dropJsp);
    endWithTheJvm((StandardContext) context);
    StandardJarScanner scanner = new StandardJarScanner();
    scanner.setScanClassPath(false);
    context.setJarScanner(scanner);
    if (options.containsKey("config")) {
      context.addApplicationParameter(parameter("l402.config", options.get("config")));
    }
    return context;
  }

  /** Looking for leaks of an application makes no sense where the JVM ends with it. */
  private static void endWithTheJvm(StandardContext context) {
    context.setClearReferencesObjectStreamClassCaches(false);
    context.setClearReferencesRmiTargets(false);
    context.setClearReferencesThreadLocals(false);
  }

  /** Tomcat's defaults have a servlet for JSP, whose classes are not here. */
  private static void dropJsp(LifecycleEvent event) {
    Context context = (Context) event.getLifecycle();
    if (event.getType().equals(Lifecycle.BEFORE_START_EVENT) && context.findChild("jsp") != null) {
      context.removeServletMapping("*.jsp");
      context.removeServletMapping("*.jspx");
      context.removeChild(context.findChild("jsp"));
    }
  }

  /** Error pages that tell neither the version of the server nor what was thrown. */
  private static ErrorReportValve quietErrors() {
    ErrorReportValve valve = new ErrorReportValve();
    valve.setShowServerInfo(false);
    valve.setShowReport(false);
    return valve;
  }

  /** A parameter that stands over the one of the same name in web.xml. */
  private static ApplicationParameter parameter(String name, String value) {
    ApplicationParameter parameter = new ApplicationParameter();
    parameter.setName(name);
    parameter.setValue(Path.of(value).toAbsolutePath().toString());
    parameter.setOverride(false);
    return parameter;
  }

  private static void start(Tomcat tomcat, Context context, Map<String, String> options) {
    try (StartLog log = new StartLog()) {
      boolean started = tryStart(tomcat, options);
      if (!started || context.getState() != LifecycleState.STARTED) {
        stop(tomcat);
        throw new IllegalStateException(
            "the application did not start: "
                + log.cause().map(EmbeddedTomcat::message).orElse("Tomcat does not say why"));
      }
    }
  }

  /** Whether Tomcat started; the application may still have failed. */
  private static boolean tryStart(Tomcat tomcat, Map<String, String> options) {
    try {
      tomcat.start();
      return true;
    } catch (LifecycleException e) {
      refuseTakenPort(e, options);
      return false;
    }
  }

  private static void refuseTakenPort(Throwable failure, Map<String, String> options) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        throw new IllegalStateException(
            "cannot listen on "
                + bracketed(options.get("host"))
                + ":"
                + options.get("port")
                + " ("
                + cause.getMessage()
                + "); choose another port with --port, or --port 0 for any free one");
      }
    }
  }

  /** What was refused on purpose explains itself; anything else is a fault and shows its kind. */
  private static String message(Throwable cause) {
    String name = cause.getClass().getName();
    return name.startsWith("io.l402.") ? cause.getMessage() : cause.toString();
  }

  private static String bracketed(String host) {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }

  private static void stop(Tomcat tomcat) {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException("Tomcat did not stop: " + e.getMessage(), e);
    }
  }
}
