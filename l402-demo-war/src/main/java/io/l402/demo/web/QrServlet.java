// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.web;

import io.nayuki.qrcodegen.QrCode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Draws an invoice, {@code ?invoice=}, as a QR code that wallets understand. */
final class QrServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Pattern INVOICE = Pattern.compile("ln[a-z0-9]{20,2000}");
  private static final int BORDER = 4;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String invoice = request.getParameter("invoice");
    if (invoice == null || !INVOICE.matcher(invoice).matches()) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
      return;
    }
    String text = "LIGHTNING:" + invoice.toUpperCase(Locale.ROOT);
    response.setContentType("image/svg+xml");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Content-Security-Policy", "default-src 'none'");
    response.setHeader("Cache-Control", "private, max-age=600");
    response.getWriter().write(svg(QrCode.encodeText(text, QrCode.Ecc.LOW)));
  }

  private static String svg(QrCode code) {
    StringBuilder dark = new StringBuilder();
    for (int i = 0; i < code.size * code.size; i++) {
      int x = i % code.size;
      int y = i / code.size;
      if (code.getModule(x, y)) {
        dark.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
      }
    }
    int side = code.size + 2 * BORDER;
    return String.format(
        Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-%d -%d %d %d\""
            + " shape-rendering=\"crispEdges\"><path d=\"%s\"/></svg>",
        BORDER,
        BORDER,
        side,
        side,
        dark);
  }
}
