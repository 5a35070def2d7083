// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Function;

/** Answers with a text made from the request. */
final class TextServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** The type of JSON. */
  static final String JSON = "application/json";

  /** The type of plain text. */
  static final String PLAIN = "text/plain";

  private final String type;
  private final transient Function<HttpServletRequest, String> text;

  TextServlet(String type, Function<HttpServletRequest, String> text) {
    this.type = type;
    this.text = text;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType(type);
    response.setCharacterEncoding("UTF-8");
    response.getWriter().write(text.apply(request));
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    doGet(request, response);
  }
}
