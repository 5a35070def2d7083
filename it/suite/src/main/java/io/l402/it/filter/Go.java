// SPDX-License-Identifier: Apache-2.0
package io.l402.it.filter;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** An open servlet that sends requests on to others: {@code /go/forward?to=/paid/x}. */
final class Go extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient Shop shop;

  Go(Shop shop) {
    this.shop = shop;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String to = request.getParameter("to");
    shop.visited(request, "/go" + request.getPathInfo());
    switch (request.getPathInfo()) {
      case "/forward" -> dispatcher(to).forward(request, response);
      case "/include" -> include(to, request, response);
      case "/async" -> request.startAsync().dispatch(to);
      case "/error" -> response.sendError(Integer.parseInt(to));
      default -> response.getWriter().print("gone");
    }
  }

  private RequestDispatcher dispatcher(String to) {
    return getServletContext().getRequestDispatcher(to);
  }

  private void include(String to, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    response.getOutputStream().print("before,");
    try {
      dispatcher(to).include(request, response);
    } catch (ServletException e) {
      response.getOutputStream().print("refused");
    }
  }
}
