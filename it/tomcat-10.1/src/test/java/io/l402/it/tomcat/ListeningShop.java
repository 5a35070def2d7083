// SPDX-License-Identifier: Apache-2.0
package io.l402.it.tomcat;

import io.l402.MilliSatoshi;
import io.l402.PaymentHash;
import io.l402.gate.L402Listener;
import io.l402.servlet.L402Config;
import io.l402.servlet.L402ConfigBuilder;
import io.l402.servlet.L402Filter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An application that hears of payments. It goes into a copy of the demo WAR, in place of the demo
 * and before its libraries. It counts in the attribute {@link #COUNT} of its context.
 */
public final class ListeningShop extends HttpServlet
    implements ServletContextListener, L402Listener {
  private static final long serialVersionUID = 1L;
  static final String COUNT = "settled";
  private static final String WEB_XML =
      """
      <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
        <listener><listener-class>%s</listener-class></listener>
      </web-app>
      """
          .formatted(ListeningShop.class.getName());

  private final transient AtomicInteger count = new AtomicInteger();

  /** For the container. */
  public ListeningShop() {}

  /** Makes the WAR. */
  static Path pack(Path demo, Path target) throws IOException {
    Files.copy(demo, target);
    URI zip = URI.create("jar:" + target.toUri());
    String name = ListeningShop.class.getName().replace('.', '/') + ".class";
    try (FileSystem war = FileSystems.newFileSystem(zip, Map.of());
        InputStream bytes = ListeningShop.class.getClassLoader().getResourceAsStream(name)) {
      Path to = war.getPath("WEB-INF/classes", name);
      Files.createDirectories(to.getParent());
      Files.copy(bytes, to);
      Files.writeString(war.getPath("WEB-INF/web.xml"), WEB_XML);
    }
    return target;
  }

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    context.setAttribute(COUNT, count);
    ServletRegistration.Dynamic goods = context.addServlet("goods", this);
    goods.setAsyncSupported(true);
    goods.addMapping("/paid/*");
    FilterRegistration.Dynamic filter = context.addFilter("l402", new L402Filter(config(context)));
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
  }

  /** Its context-params are keys, but not called so, lest the filter register itself. */
  private L402Config config(ServletContext context) {
    L402ConfigBuilder builder = L402Config.builder().listener(this);
    for (String name : Collections.list(context.getInitParameterNames())) {
      builder.set(name, context.getInitParameter(name));
    }
    return builder
        .service("paid", paid -> paid.paths("/paid/*").price(MilliSatoshi.ofSat(10)))
        .build();
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.getOutputStream().print("goods");
  }

  @Override
  public void settled(PaymentHash paymentHash) {
    count.incrementAndGet();
  }
}
