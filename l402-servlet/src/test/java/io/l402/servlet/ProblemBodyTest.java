// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.l402.L402Challenge;
import io.l402.RejectionReason;
import io.l402.gate.Decision;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProblemBodyTest {
  @Test
  void holdsEverythingAProgramNeedsToPay() {
    L402Challenge challenge = Challenges.of(2_500, "services=weather:0");
    Answer answer =
        Answer.of(
            new Decision.PaymentRequired(challenge, Optional.of(RejectionReason.BAD_SIGNATURE)));
    assertEquals(
        "{\"type\":\"about:blank\",\"title\":\"Payment required\",\"status\":402,"
            + "\"detail\":\"Pay the invoice, then repeat the request with the macaroon and"
            + " preimage.\",\"invoice\":\""
            + challenge.invoice()
            + "\",\"macaroon\":\""
            + challenge.macaroonBase64()
            + "\",\"paymentHash\":\""
            + challenge.invoice().paymentHash()
            + "\",\"amountMsat\":2500,\"expiresAt\":\""
            + challenge.invoice().expiresAt()
            + "\",\"service\":\"weather\",\"reason\":\"bad_signature\"}\n",
        ProblemBody.of(answer));
  }

  @Test
  void saysWhatElseIsWrong() {
    Answer unsettled =
        Answer.of(
            new Decision.Unavailable(
                Duration.ofSeconds(1), Optional.of(RejectionReason.UNSETTLED)));
    assertEquals(
        "{\"type\":\"about:blank\",\"title\":\"Lightning node unavailable\",\"status\":503,"
            + "\"reason\":\"unsettled\"}\n",
        ProblemBody.of(unsettled));
  }
}
