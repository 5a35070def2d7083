// SPDX-License-Identifier: Apache-2.0
package io.l402.it.filter;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What is for sale: says what was asked for and gives back what was sent. */
final class Wares extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient Shop shop;

  Wares(Shop shop) {
    this.shop = shop;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = path(request);
    shop.visited(request, path);
    response.setContentType("text/plain;charset=utf-8");
    if (path.endsWith("/async")) {
      serveAsync(request, response);
    } else if (path.endsWith("/timeout")) {
      response.getWriter().print(request.startAsync().getTimeout());
      request.getAsyncContext().complete();
    } else if (path.endsWith("/fails")) {
      response.sendError(410);
    } else if (path.endsWith("/stream")) {
      stream(response);
    } else if (path.endsWith("/trailers")) {
      response.setTrailerFields(() -> Map.of("x-end", "reached"));
      response.getOutputStream().print("goods");
    } else if (path.endsWith("/headers")) {
      sendFields(request, response);
    } else {
      response.getOutputStream().print("goods of " + path);
      response.getOutputStream().write(request.getInputStream().readAllBytes());
    }
  }

  private static String path(HttpServletRequest request) {
    boolean included = request.getDispatcherType() == DispatcherType.INCLUDE;
    Object servlet =
        included
            ? request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH)
            : request.getServletPath();
    Object info =
        included
            ? request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO)
            : request.getPathInfo();
    return servlet + (info == null ? "" : info.toString());
  }

  private static void serveAsync(HttpServletRequest request, HttpServletResponse response) {
    AsyncContext async = request.startAsync(request, response);
    async.start(
        () -> {
          try {
            byte[] goods = "goods, later".getBytes(StandardCharsets.UTF_8);
            async.getResponse().getOutputStream().write(goods);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } finally {
            async.complete();
          }
        });
  }

  /** Writes the second half only when somebody has seen the first. */
  private void stream(HttpServletResponse response) throws IOException {
    response.getOutputStream().print("first,");
    response.flushBuffer();
    try {
      response.getOutputStream().print(shop.goOn.await(20, TimeUnit.SECONDS) ? "second" : "late");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sets the fields that the query names. */
  private static void sendFields(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String[] sets = request.getParameterValues("set");
    for (String field : sets == null ? new String[0] : sets) {
      String[] parts = field.split(":", 2);
      response.addHeader(parts[0], parts[1]);
    }
    response.flushBuffer();
    response.getOutputStream().print("fields");
  }
}
