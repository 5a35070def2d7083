// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.RejectionReason;
import io.l402.gate.Decision;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;

/** Says in a field of the answer what would have been decided, and does what it is told to. */
final class DryRunStep implements Step {
  /** The field: a word, and perhaps why a credential was refused. */
  static final String FIELD = "X-L402-Dry-Run";

  private final Decision.Allowed decision;
  private final Step step;

  DryRunStep(Decision.Allowed decision, Step step) {
    this.decision = decision;
    this.step = step;
  }

  @Override
  public void take(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    step.take(request, response, (in, out) -> chain.doFilter(in, said((HttpServletResponse) out)));
  }

  /** Said again when the application begins its answer anew. */
  private HttpServletResponse said(HttpServletResponse response) {
    return new AllowedResponse(response, false, out -> out.setHeader(FIELD, value(decision)));
  }

  /** {@code granted}, {@code free}, {@code payment_required;reason=expired}. */
  static String value(Decision.Allowed decision) {
    if (decision instanceof Decision.DryRun dryRun) {
      String reason = dryRun.reason().map(RejectionReason::code).map(";reason="::concat).orElse("");
      return dryRun.verdict().name().toLowerCase(Locale.ROOT) + reason;
    }
    return decision instanceof Decision.Granted ? "granted" : "free";
  }
}
