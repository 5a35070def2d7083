// SPDX-License-Identifier: Apache-2.0
package io.l402.it.undertow;

import io.l402.it.Limit;
import io.l402.it.RunningContainer;
import io.l402.it.TestContainer;
import io.l402.it.WebApplication;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ErrorPage;
import io.undertow.servlet.api.InstanceFactory;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceHandle;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Set;

/** Undertow 2.3 in this JVM, for applications made in code. */
public final class UndertowContainer implements TestContainer {
  @Override
  public String name() {
    return "Undertow 2.3";
  }

  @Override
  public Set<Limit> limits() {
    return EnumSet.of(
        Limit.SILENT_CANCELLATION, Limit.CANCELED_UPLOAD_HANGS, Limit.KEEPS_DOT_SEGMENTS);
  }

  @Override
  public RunningContainer start(WebApplication application) throws Exception {
    DeploymentManager manager = Servlets.newContainer().addDeployment(deployment(application));
    manager.deploy();
    Undertow undertow = server(application.threads(), handler(application, manager.start()));
    undertow.start();
    return new Running(undertow, manager);
  }

  private static Undertow server(int threads, HttpHandler handler) {
    return Undertow.builder()
        .addHttpListener(0, "127.0.0.1")
        .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
        .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
        .setIoThreads(2)
        .setWorkerThreads(threads)
        .setHandler(handler)
        .build();
  }

  private static HttpHandler handler(WebApplication application, HttpHandler servlets) {
    return application.contextPath().isEmpty()
        ? servlets
        : Handlers.path().addPrefixPath(application.contextPath(), servlets);
  }

  private static DeploymentInfo deployment(WebApplication application) {
    DeploymentInfo info =
        Servlets.deployment()
            .setDeploymentName("it")
            .setEagerFilterInit(true)
            .setContextPath(application.contextPath().isEmpty() ? "/" : application.contextPath())
            .setClassLoader(UndertowContainer.class.getClassLoader())
            .addServletContainerInitializer(initializer(application));
    application.contextParameters().forEach(info::addInitParameter);
    application
        .errorPages()
        .forEach((status, page) -> info.addErrorPage(new ErrorPage(page, status)));
    return info;
  }

  private static ServletContainerInitializerInfo initializer(WebApplication application) {
    ServletContainerInitializer initializer = (none, context) -> application.onStartup(context);
    InstanceFactory<ServletContainerInitializer> factory =
        () -> new ImmediateInstanceHandle<>(initializer);
    return new ServletContainerInitializerInfo(initializer.getClass(), factory, Set.of());
  }

  private record Running(Undertow undertow, DeploymentManager manager) implements RunningContainer {
    @Override
    public int port() {
      return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void close() {
      try {
        undertow.stop();
        manager.stop();
        manager.undeploy();
      } catch (ServletException e) {
        throw new IllegalStateException("Undertow did not stop", e);
      }
    }
  }
}
