// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.when;

import io.l402.ChallengeFormat;
import io.l402.L402Challenge;
import io.l402.RejectionReason;
import io.l402.gate.Decision;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChallengeWriterTest {
  private static final CorsPolicy NO_CORS = new CorsPolicy(Optional.empty(), "GET");

  private final FieldsResponse response = new FieldsResponse();
  private final L402Challenge challenge = Challenges.of(10_000, "services=weather:0");
  private final Answer unpaid =
      Answer.of(new Decision.PaymentRequired(challenge, Optional.empty()));
  private final Answer refused =
      Answer.of(new Decision.PaymentRequired(challenge, Optional.of(RejectionReason.REVOKED)));

  private static ChallengeWriter writer(ChallengeFormat format, int invalidCredentialStatus) {
    ChallengeSettings settings =
        new ChallengeSettings(
            format,
            invalidCredentialStatus,
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            1,
            ChallengeLimits.OFF);
    return new ChallengeWriter(settings, NO_CORS, "GET, HEAD");
  }

  private void write(HttpServletRequest request, Answer answer) throws IOException {
    writer(ChallengeFormat.DEFAULT, 402).write(request, response, answer, false);
  }

  @Test
  void putsTheReasonAtTheEndOfTheL402Field() throws IOException {
    write(Requests.get(), refused);
    List<String> fields = response.all("WWW-Authenticate");
    assertTrue(fields.get(0).endsWith("\""), fields::toString);
    assertTrue(fields.get(1).endsWith("\", error=\"revoked\""), fields::toString);
  }

  @Test
  void leavesOutWhatTheFormatLeavesOut() throws IOException {
    writer(new ChallengeFormat(false, false), 402).write(Requests.get(), response, unpaid, false);
    assertEquals(
        List.of(
            "L402 macaroon=\""
                + challenge.macaroonBase64()
                + "\", invoice=\""
                + challenge.invoice()
                + "\""),
        response.all("WWW-Authenticate"));
  }

  @Test
  void answersARefusedCredentialAsConfiguredAndAMissingOneWith402() throws IOException {
    writer(ChallengeFormat.DEFAULT, 401).write(Requests.get(), response, refused, false);
    assertEquals(401, response.status);
    writer(ChallengeFormat.DEFAULT, 401).write(Requests.get(), response, unpaid, false);
    assertEquals(402, response.status);
  }

  @Test
  void says503InPlaceOfAChallengeThatDoesNotFit() throws IOException {
    Answer large = Answer.of(new Decision.PaymentRequired(Challenges.huge(), Optional.empty()));
    write(Requests.get("Accept: text/html"), large);
    assertEquals(503, response.status);
    assertEquals(List.of(), response.all("WWW-Authenticate"));
    assertEquals(List.of("60"), response.all("Retry-After"));
    assertEquals("lightning node unavailable\n", response.body());
  }

  @Test
  void namesTheMethodsThereAre() throws IOException {
    write(Requests.get(), Answer.METHOD_NOT_ALLOWED);
    assertEquals(List.of("GET, HEAD"), response.all("Allow"));
    assertEquals("method not allowed\n", response.body());
  }

  @Test
  void saysNothingWhereThereIsNothingToSay() throws IOException {
    write(Requests.get("Accept: application/json"), Answer.INTERNAL_ERROR);
    assertEquals(500, response.status);
    assertEquals("", response.body());
    assertEquals(List.of("0"), response.all("Content-Length"));
    assertEquals(List.of(), response.all("Content-Type"));
  }

  @Test
  void writesOtherRefusalsAsTextForPeopleAndAsProblemsForPrograms() throws IOException {
    write(Requests.get("Accept: text/html"), Answer.of(new Decision.Forbidden()));
    assertEquals("access denied\n", response.body());
    response.reset();
    write(Requests.get("Accept: application/json"), Answer.of(new Decision.Forbidden()));
    assertTrue(response.body().contains("\"status\":403"), response.body());
  }

  @Test
  void closesTheConnectionOverHttp1Only() throws IOException {
    ChallengeWriter writer = writer(ChallengeFormat.DEFAULT, 402);
    writer.write(Requests.get(), response, unpaid, true);
    assertEquals(List.of("close"), response.all("Connection"));
    FieldsResponse http2 = new FieldsResponse();
    writer.write(Requests.of("GET", "HTTP/2.0"), http2, unpaid, true);
    assertEquals(List.of(), http2.all("Connection"));
  }

  @Test
  void setsTrailersOnlyForGrpcOverHttp2() throws IOException {
    write(Requests.of("POST", "HTTP/1.1", "Content-Type: application/grpc"), unpaid);
    assertNull(response.trailers);
    write(Requests.of("POST", "HTTP/2.0", "Content-Type: application/grpc-web"), unpaid);
    assertNull(response.trailers);
    write(Requests.of("POST", "HTTP/2.0", "Content-Type: application/grpc"), unpaid);
    assertEquals(
        Map.of(
            "grpc-status",
            "13",
            "grpc-message",
            "payment required",
            "www-authenticate",
            response.all("WWW-Authenticate").get(0)),
        response.trailers.get());
    assertTrue(response.committed);
  }

  @Test
  void putsTheL402FieldIntoTheTrailerWhereThereIsNoOther() throws IOException {
    HttpServletRequest grpc = Requests.of("POST", "HTTP/2.0", "Content-Type: application/grpc");
    writer(new ChallengeFormat(false, true), 402).write(grpc, response, unpaid, false);
    assertTrue(response.trailers.get().get("www-authenticate").startsWith("L402 "));
  }

  @Test
  void forgetsWhatTheApplicationWroteBeforeItForwarded() throws IOException {
    HttpServletRequest forwarded = Requests.get();
    when(forwarded.getDispatcherType()).thenReturn(DispatcherType.FORWARD);
    response.setHeader("ETag", "\"secret\"");
    write(forwarded, unpaid);
    assertEquals(List.of(), response.all("ETag"));
    assertEquals(402, response.status);
  }

  @Test
  void keepsTheFieldsOfFiltersBeforeIt() throws IOException {
    response.setHeader("Strict-Transport-Security", "max-age=1");
    write(Requests.get(), unpaid);
    assertEquals(List.of("max-age=1"), response.all("Strict-Transport-Security"));
  }

  @Test
  void failsRatherThanMixingAnAnswerIntoAnother() {
    response.committed = true;
    assertThrows(IOException.class, () -> write(Requests.get(), unpaid));
  }
}
