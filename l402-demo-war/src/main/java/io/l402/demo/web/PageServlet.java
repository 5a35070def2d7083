// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Serves the files of the two pages from {@code WEB-INF/page/}: those it knows by name, and no
 * others.
 */
final class PageServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  private static final String SCRIPT = "text/javascript";

  /** The type of each file there is. */
  private static final Map<String, String> FILES =
      Map.of(
          "/index.html",
          "text/html",
          "/wallet.html",
          "text/html",
          "/assets/style.css",
          "text/css",
          "/assets/icon.svg",
          "image/svg+xml",
          "/assets/demo.js",
          SCRIPT,
          "/assets/wallet.js",
          SCRIPT,
          "/assets/wire.js",
          SCRIPT,
          "/assets/macaroon.js",
          SCRIPT);

  private static final System.Logger LOG = System.getLogger("io.l402.demo");

  private final transient Node node;

  /** Serves pages that say what kind of node there is. */
  PageServlet(Node node) {
    this.node = node;
  }

  @Override
  public void init() {
    if (node.simulated().isPresent()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the Lightning node is simulated: nothing here is money, and /wallet pays for everything");
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String file = file(request.getServletPath(), request.getPathInfo());
    String type = FILES.get(file);
    if (type == null || file.equals("/wallet.html") && node.simulated().isEmpty()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    response.setContentType(type);
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cache-Control", "no-cache");
    response
        .getWriter()
        .write(read(file.substring(file.lastIndexOf('/'))).replace("${mode}", node.mode()));
  }

  private static String file(String servletPath, String pathInfo) {
    String path = servletPath + (pathInfo == null ? "" : pathInfo);
    return switch (path) {
      case "", "/" -> "/index.html";
      case "/wallet" -> "/wallet.html";
      default -> path;
    };
  }

  private String read(String name) throws IOException {
    try (InputStream in = getServletContext().getResourceAsStream("/WEB-INF/page" + name)) {
      if (in == null) {
        throw new FileNotFoundException(name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
