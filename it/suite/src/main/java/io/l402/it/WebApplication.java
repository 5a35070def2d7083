// SPDX-License-Identifier: Apache-2.0
package io.l402.it;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An application to start: made in code, or a WAR file.
 *
 * <p>Made in code it registers its servlets and filters in {@link #onStartup}, as a {@code
 * ServletContainerInitializer} does, so that both containers are told in the same words.
 */
public final class WebApplication {
  /** Registers servlets, filters and listeners. */
  @FunctionalInterface
  public interface Setup {
    /** Called once, while the application starts. */
    void register(ServletContext context) throws ServletException;
  }

  private final Map<String, String> contextParameters = new LinkedHashMap<>();
  private final Map<Integer, String> errorPages = new LinkedHashMap<>();
  private String contextPath = "";
  private int threads = 8;
  private Setup setup = context -> {};
  private Path war;

  /** An application that is registered in code. */
  public static WebApplication of(Setup setup) {
    WebApplication application = new WebApplication();
    application.setup = Objects.requireNonNull(setup, "setup");
    return application;
  }

  /** An application in a WAR file, deployed as a container does it. */
  public static WebApplication ofWar(Path war) {
    WebApplication application = new WebApplication();
    application.war = Objects.requireNonNull(war, "war");
    return application;
  }

  /** Where it is mounted: empty (the default) for the root, else {@code /name}. */
  public WebApplication contextPath(String path) {
    contextPath = path;
    return this;
  }

  /** How many threads the container has for everything; 8 by default. */
  public WebApplication threads(int count) {
    threads = count;
    return this;
  }

  /** A context parameter, as {@code web.xml} would set it. */
  public WebApplication contextParameter(String name, String value) {
    contextParameters.put(name, value);
    return this;
  }

  /** A page of the application that is dispatched to for a status. */
  public WebApplication errorPage(int status, String location) {
    errorPages.put(status, location);
    return this;
  }

  /** Where it is mounted. */
  public String contextPath() {
    return contextPath;
  }

  /** How many threads the container has. */
  public int threads() {
    return threads;
  }

  /** The context parameters. */
  public Map<String, String> contextParameters() {
    return contextParameters;
  }

  /** The error pages. */
  public Map<Integer, String> errorPages() {
    return errorPages;
  }

  /** Registers what was made in code; for a WAR, nothing. */
  public void onStartup(ServletContext context) throws ServletException {
    setup.register(context);
  }

  /** The WAR, if it is one. */
  public Optional<Path> war() {
    return Optional.ofNullable(war);
  }
}
