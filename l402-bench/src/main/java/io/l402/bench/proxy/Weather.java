// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.proxy;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;

/** What stands behind the proxy for HTTP: a short answer that costs next to nothing. */
final class Weather extends HttpServlet {
  static final String PATH = "/weather";
  static final String TEXT = "sunny\n";

  private static final long serialVersionUID = 1;
  private static final byte[] BODY = TEXT.getBytes(StandardCharsets.US_ASCII);

  private final LongAdder answered;

  Weather(LongAdder answered) {
    this.answered = answered;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    answered.increment();
    response.setContentType("text/plain");
    response.setContentLength(BODY.length);
    response.getOutputStream().write(BODY);
  }
}
