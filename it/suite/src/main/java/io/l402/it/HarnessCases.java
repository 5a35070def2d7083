// SPDX-License-Identifier: Apache-2.0
package io.l402.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The harness itself: if this fails, nothing else says anything. */
public abstract class HarnessCases {
  @Test
  void servesAnApplicationMadeInCode() throws Exception {
    WebApplication application =
        WebApplication.of(HarnessCases::register)
            .contextPath("/shop")
            .contextParameter("greeting", "hello")
            .errorPage(418, "/teapot");
    try (RunningContainer container = TestContainer.current().start(application)) {
      RawResponse answer = RawHttp.get(container.port(), "/shop/hello/you");
      assertEquals(200, answer.status());
      assertEquals("hello /you HTTP/1.1", answer.body());
      RawResponse error = RawHttp.get(container.port(), "/shop/hello/teapot");
      assertEquals(418, error.status());
      assertEquals("a teapot", error.body());
    }
  }

  @Test
  void speaksHttp2WithTrailers() throws Exception {
    try (RunningContainer container =
            TestContainer.current().start(WebApplication.of(HarnessCases::register));
        Http2 client = new Http2(container.port())) {
      Http2.Answer answer = client.send(client.request("GET", "/trailer"));
      assertEquals("HTTP/2.0", answer.response().getContentAsString());
      assertEquals(Map.of("x-end", "here"), answer.trailers());
    }
  }

  @Test
  void saysWhyAnApplicationRefusesToStart() {
    WebApplication application =
        WebApplication.of(
            context ->
                context
                    .addFilter("bad", new RefusingFilter())
                    .addMappingForUrlPatterns(null, false, "/*"));
    Throwable failure =
        assertThrows(Exception.class, () -> TestContainer.current().start(application).close());
    assertTrue(causes(failure).contains("refused on purpose"), () -> causes(failure));
  }

  /** The messages of a failure and of what led to it. */
  public static String causes(Throwable failure) {
    StringBuilder all = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      all.append(cause).append('\n');
    }
    return all.toString();
  }

  private static void register(ServletContext context) {
    context
        .addServlet("hello", servlet((in, out) -> hello(context, in, out)))
        .addMapping("/hello/*");
    context
        .addServlet("teapot", servlet((in, out) -> out.getWriter().print("a teapot")))
        .addMapping("/teapot");
    context.addServlet("trailer", servlet(HarnessCases::trailer)).addMapping("/trailer");
  }

  private static void hello(ServletContext context, HttpServletRequest in, HttpServletResponse out)
      throws IOException {
    if ("/teapot".equals(in.getPathInfo())) {
      out.sendError(418);
      return;
    }
    String greeting = context.getInitParameter("greeting");
    out.getWriter().print(greeting + " " + in.getPathInfo() + " " + in.getProtocol());
  }

  private static void trailer(HttpServletRequest in, HttpServletResponse out) throws IOException {
    out.setTrailerFields(() -> Map.of("x-end", "here"));
    out.getWriter().print(in.getProtocol());
  }

  private interface Body {
    void serve(HttpServletRequest in, HttpServletResponse out) throws IOException;
  }

  private static HttpServlet servlet(Body body) {
    return new HttpServlet() {
      private static final long serialVersionUID = 1L;

      @Override
      protected void service(HttpServletRequest in, HttpServletResponse out) throws IOException {
        body.serve(in, out);
      }
    };
  }

  private static final class RefusingFilter extends jakarta.servlet.http.HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    public void init() throws ServletException {
      throw new ServletException("refused on purpose");
    }
  }
}
