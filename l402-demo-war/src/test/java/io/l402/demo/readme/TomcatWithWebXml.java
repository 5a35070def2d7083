// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.readme;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;

/** An application that answers everything with "served", with a web.xml of the README's. */
final class TomcatWithWebXml implements AutoCloseable {
  private final Tomcat tomcat = new Tomcat();
  private final Context context;
  private final HttpClient client = HttpClient.newHttpClient();

  TomcatWithWebXml(Path folder, String webXml) throws IOException {
    Path docs = Files.createDirectories(folder.resolve("docs"));
    Files.writeString(Files.createDirectories(docs.resolve("WEB-INF")).resolve("web.xml"), webXml);
    tomcat.setBaseDir(folder.toString());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    tomcat.setConnector(connector);
    tomcat.setAddDefaultWebXmlToWebapp(false);
    context = tomcat.addWebapp("", docs.toString());
    context.setParentClassLoader(getClass().getClassLoader());
    lookForNoLeaks((StandardContext) context);
    servlet("/*", new Served());
  }

  /** It would open the JDK for that, and say so. */
  private static void lookForNoLeaks(StandardContext context) {
    context.setClearReferencesObjectStreamClassCaches(false);
    context.setClearReferencesRmiTargets(false);
    context.setClearReferencesThreadLocals(false);
  }

  private static final class Served extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print("served");
    }
  }

  /** Sets a context-param. */
  TomcatWithWebXml parameter(String name, String value) {
    context.addParameter(name, value);
    return this;
  }

  /** Serves a path with a servlet of its own. */
  TomcatWithWebXml servlet(String path, HttpServlet servlet) {
    Wrapper wrapper = Tomcat.addServlet(context, path, servlet);
    wrapper.setAsyncSupported(true);
    wrapper.addMapping(path);
    return this;
  }

  /** An attribute of the application. */
  Object attribute(String name) {
    return context.getServletContext().getAttribute(name);
  }

  /** Registers something while the application starts. */
  TomcatWithWebXml initializer(ServletContainerInitializer initializer) {
    context.addServletContainerInitializer(initializer, Set.of());
    return this;
  }

  TomcatWithWebXml start() throws LifecycleException {
    tomcat.start();
    if (!context.getState().isAvailable()) {
      throw new AssertionError("the application did not start");
    }
    return this;
  }

  /** The status of a GET. */
  int status(String path) throws IOException, InterruptedException {
    return get(path).statusCode();
  }

  HttpResponse<String> get(String path, String... fields) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (fields.length > 0) {
      request.headers(fields);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }
}
