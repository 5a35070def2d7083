// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.L402ConfigException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.EnumSet;
import java.util.Set;

/**
 * Registers the {@link L402Filter} as it must be: first, on everything, for every dispatch. The
 * container finds this class by itself; it does nothing unless the application has a context-param
 * that begins with {@code l402.}, such as {@code l402.config} or {@code l402.price}, and has not
 * registered the filter itself.
 *
 * <p>There are two ways to find it, since either may be missing: as a service (Jetty only looks for
 * those with its module {@code ee10-annotations}), and as a listener in this library's {@code
 * web-fragment.xml} (nobody looks at that if {@code web.xml} says that it is {@code
 * metadata-complete}).
 *
 * <p><b>Security.</b> Where both are missing the application is served without the filter, and
 * nothing can say so: declare the filter in {@code web.xml} there.
 */
public final class L402Initializer implements ServletContainerInitializer, ServletContextListener {
  private static final String NAME = "l402";

  /** For the container. */
  public L402Initializer() {}

  @Override
  public void onStartup(Set<Class<?>> classes, ServletContext context) {
    if (!FilterParameters.ofContext(context).isEmpty() && !isRegistered(context)) {
      FilterRegistration.Dynamic filter = context.addFilter(NAME, new L402Filter());
      if (filter == null) {
        throw new L402ConfigException("the name " + NAME + " is taken by another filter");
      }
      filter.setAsyncSupported(true);
      filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }
  }

  @Override
  public void contextInitialized(ServletContextEvent event) {
    onStartup(Set.of(), event.getServletContext());
  }

  private static boolean isRegistered(ServletContext context) {
    return context.getFilterRegistrations().values().stream()
        .anyMatch(filter -> L402Filter.class.getName().equals(filter.getClassName()));
  }
}
