// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.L402Challenge;
import io.l402.MilliSatoshi;

/** An answer as an RFC 9457 problem, with everything a program needs to pay. */
final class ProblemBody {
  /** What such a body is called, also where a client only said {@code application/json}. */
  static final String MEDIA_TYPE = "application/problem+json";

  private ProblemBody() {}

  static String of(Answer answer) {
    JsonObject problem =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", title(answer.message()))
            .put("status", answer.status());
    answer.challenge().ifPresent(challenge -> offer(problem, challenge));
    answer.reason().ifPresent(reason -> problem.put("reason", reason.code()));
    return problem + "\n";
  }

  private static void offer(JsonObject problem, L402Challenge challenge) {
    problem
        .put("detail", "Pay the invoice, then repeat the request with the macaroon and preimage.")
        .put("invoice", challenge.invoice().toString())
        .put("macaroon", challenge.macaroonBase64())
        .put("paymentHash", challenge.invoice().paymentHash().toHex());
    challenge
        .invoice()
        .amount()
        .map(MilliSatoshi::msat)
        .ifPresent(a -> problem.put("amountMsat", a));
    problem.put("expiresAt", challenge.invoice().expiresAt().toString());
    challenge.serviceName().ifPresent(service -> problem.put("service", service));
  }

  private static String title(String message) {
    return message.isEmpty()
        ? "Error"
        : Character.toUpperCase(message.charAt(0)) + message.substring(1);
  }
}
