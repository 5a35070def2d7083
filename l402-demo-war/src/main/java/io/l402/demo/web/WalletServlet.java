// SPDX-License-Identifier: Apache-2.0
package io.l402.demo.web;

import io.l402.lightning.LightningException;
import io.l402.testkit.FakeLightning;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Pays invoices of the simulated node, and of no other, for whoever asks: {@code POST /wallet/pay}
 * with the invoice as body answers with the preimage. It does not exist beside a real node.
 */
final class WalletServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final int MAX_BYTES = 4096;

  private final transient Node node;

  WalletServlet(Node node) {
    this.node = node;
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<FakeLightning> payee = node.simulated();
    if (payee.isEmpty()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    byte[] body = request.getInputStream().readNBytes(MAX_BYTES + 1);
    if (body.length > MAX_BYTES) {
      answer(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "an invoice is shorter");
      return;
    }
    Optional<String> preimage =
        pay(payee.get(), invoice(new String(body, StandardCharsets.US_ASCII)));
    answer(
        response,
        preimage.isPresent() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_BAD_REQUEST,
        preimage.orElse("not an invoice of this node that can be paid now"));
  }

  /** The body as {@code curl --data-binary}, the page's form or a link would send it. */
  private static String invoice(String body) {
    String text = body.strip();
    for (String prefix : new String[] {"invoice=", "lightning:"}) {
      if (text.startsWith(prefix)) {
        text = text.substring(prefix.length()).strip();
      }
    }
    return text;
  }

  private static Optional<String> pay(FakeLightning payee, String invoice) {
    try {
      return Optional.of(payee.pay(invoice).toHex());
    } catch (LightningException e) {
      return Optional.empty();
    }
  }

  private static void answer(HttpServletResponse response, int status, String text)
      throws IOException {
    response.setStatus(status);
    response.setContentType("text/plain");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.getWriter().write(text + "\n");
  }
}
