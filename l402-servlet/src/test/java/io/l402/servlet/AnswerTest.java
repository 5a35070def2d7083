// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.l402.L402Challenge;
import io.l402.RejectionReason;
import io.l402.gate.Decision;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {
  private static final List<Decision.Denied> DENIED =
      List.of(
          new Decision.PaymentRequired(
              Challenges.of(1_000, "services=a:0"), Optional.of(RejectionReason.EXPIRED)),
          new Decision.Unauthorized(),
          new Decision.Forbidden(),
          new Decision.BadRequest(),
          new Decision.Throttled(Duration.ofMillis(1_500)),
          new Decision.Unavailable(Duration.ofSeconds(7), Optional.of(RejectionReason.UNSETTLED)));

  @Test
  void saysWhatEveryRefusalSays() {
    Set<?> all =
        Arrays.stream(Decision.Denied.class.getPermittedSubclasses()).collect(Collectors.toSet());
    assertEquals(all, DENIED.stream().map(Object::getClass).collect(Collectors.toSet()));
    for (Decision.Denied denied : DENIED) {
      Answer answer = Answer.of(denied);
      assertEquals(denied.httpStatus(), answer.status());
      assertEquals(denied.grpcStatus(), answer.grpcStatus());
      assertEquals(denied.message(), answer.message());
      assertTrue(answer.status() >= 400);
    }
  }

  @Test
  void carriesChallengeReasonAndTime() {
    assertTrue(Answer.of(DENIED.get(0)).challenge().isPresent());
    assertEquals(Optional.of(RejectionReason.EXPIRED), Answer.of(DENIED.get(0)).reason());
    assertEquals(Optional.of("2"), Answer.of(DENIED.get(4)).retryAfterSeconds());
    assertEquals(Optional.of("7"), Answer.of(DENIED.get(5)).retryAfterSeconds());
    assertEquals(Optional.of(RejectionReason.UNSETTLED), Answer.of(DENIED.get(5)).reason());
    Optional<L402Challenge> none = Optional.empty();
    assertEquals(none, Answer.of(DENIED.get(5)).challenge());
  }

  @ParameterizedTest
  @CsvSource({"PT0S,1", "PT0.000000001S,1", "PT1S,1", "PT1.000000001S,2", "PT59.9S,60", "PT1M,60"})
  void roundsSecondsUpToAtLeastOne(Duration time, String seconds) {
    Answer answer = Answer.of(new Decision.Throttled(time));
    assertEquals(Optional.of(seconds), answer.retryAfterSeconds());
  }

  @Test
  void saysNothingAboutItsOwnFaults() {
    assertEquals("", Answer.INTERNAL_ERROR.message());
  }
}
