// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.ChallengeFormat;
import io.l402.gate.Decision;
import io.l402.internal.FailureLog;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes refusals: the challenge that says how to pay, and every other one.
 *
 * <p>Nothing but what is in an {@link Answer} reaches a client. Safe for use by many threads.
 */
final class ChallengeWriter {
  /** The fields that a credential can stand in. */
  static final String CREDENTIAL_FIELDS =
      "Authorization, Macaroon, Grpc-Metadata-Macaroon, Token, Grpc-Metadata-Token";

  private static final String WWW_AUTHENTICATE = "WWW-Authenticate";

  private final FailureLog failures =
      new FailureLog(System.getLogger(ChallengeWriter.class.getName()));
  private final ChallengeFormat format;
  private final int invalidCredentialStatus;
  private final CorsPolicy cors;
  private final String allow;

  /**
   * A writer.
   *
   * @param settings how challenges are written
   * @param cors whether pages of other origins may read them
   * @param allow the methods there are, as the Allow field lists them
   */
  ChallengeWriter(ChallengeSettings settings, CorsPolicy cors, String allow) {
    format = settings.format();
    invalidCredentialStatus = settings.invalidCredentialStatus();
    this.cors = cors;
    this.allow = allow;
  }

  /**
   * Writes an answer. Afterwards nothing may be written any more.
   *
   * @param close whether the connection cannot be used again
   */
  void write(HttpServletRequest request, HttpServletResponse response, Answer answer, boolean close)
      throws IOException {
    if (response.isCommitted()) {
      throw new IOException("the answer was begun before the request was refused");
    }
    if (request.getDispatcherType() != DispatcherType.REQUEST) {
      response.reset();
    }
    List<String> challenges = challenges(answer);
    boolean unfit = answer.challenge().isPresent() && challenges.isEmpty();
    Answer fitting = unfit ? tooLarge() : adapt(answer);
    writeFields(request, response, fitting, challenges);
    if (close && request.getProtocol().startsWith("HTTP/1")) {
      response.setHeader("Connection", "close");
    }
    GrpcKind grpc = GrpcKind.of(request);
    if (grpc == GrpcKind.NONE) {
      writeHttp(request, response, fitting);
    } else {
      writeGrpc(grpc, response, fitting, challenges);
    }
  }

  private List<String> challenges(Answer answer) {
    return answer
        .challenge()
        .map(challenge -> challenge.wwwAuthenticate(format, answer.reason()))
        .orElse(List.of());
  }

  private Answer tooLarge() {
    failures.failed(
        System.Logger.Level.ERROR, "a challenge does not fit into header fields; refused", null);
    return Answer.of(new Decision.Unavailable(Duration.ofSeconds(60), Optional.empty()));
  }

  private Answer adapt(Answer answer) {
    boolean refusedCredential = answer.status() == 402 && answer.reason().isPresent();
    return refusedCredential ? answer.withStatus(invalidCredentialStatus) : answer;
  }

  private void writeFields(
      HttpServletRequest request,
      HttpServletResponse response,
      Answer answer,
      List<String> challenges) {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Vary", CREDENTIAL_FIELDS + ", Accept");
    response.setHeader("X-Content-Type-Options", "nosniff");
    cors.addTo(request, response);
    challenges.forEach(value -> response.addHeader(WWW_AUTHENTICATE, value));
    answer.retryAfterSeconds().ifPresent(value -> response.setHeader("Retry-After", value));
    if (answer.status() == 405) {
      response.setHeader("Allow", allow);
    }
  }

  private static void writeHttp(
      HttpServletRequest request, HttpServletResponse response, Answer answer) throws IOException {
    response.setStatus(answer.status());
    AnswerType type = AnswerType.preferred(Collections.list(request.getHeaders("Accept")));
    byte[] body = body(type, response, answer).getBytes(StandardCharsets.UTF_8);
    response.setContentLength(body.length);
    if (!"HEAD".equals(request.getMethod())) {
      response.getOutputStream().write(body);
    }
  }

  private static String body(AnswerType type, HttpServletResponse response, Answer answer) {
    if (answer.message().isEmpty()) {
      return "";
    }
    if (type == AnswerType.HTML && answer.challenge().isPresent()) {
      response.setContentType("text/html;charset=utf-8");
      response.setHeader("Content-Security-Policy", ChallengePage.CONTENT_SECURITY_POLICY);
      response.setHeader("Referrer-Policy", "no-referrer");
      return ChallengePage.of(answer.challenge().get(), answer.reason());
    }
    if (type == AnswerType.JSON || type == AnswerType.PROBLEM) {
      response.setContentType(ProblemBody.MEDIA_TYPE);
      return ProblemBody.of(answer);
    }
    response.setContentType("text/plain;charset=utf-8");
    return answer.message() + "\n";
  }

  /**
   * A gRPC client reads status and challenge from the trailers, an older one from the header
   * fields; so both have them where there are trailers at all.
   */
  private static void writeGrpc(
      GrpcKind grpc, HttpServletResponse response, Answer answer, List<String> challenges)
      throws IOException {
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType(grpc.mediaType());
    response.setHeader("grpc-status", Integer.toString(answer.grpcStatus()));
    response.setHeader("grpc-message", answer.message());
    if (grpc == GrpcKind.TRAILERS) {
      Map<String, String> trailers = trailers(answer, challenges);
      response.setTrailerFields(() -> trailers);
      response.flushBuffer();
    }
  }

  /** A map holds each name once: the field that stands first is the one all clients know. */
  private static Map<String, String> trailers(Answer answer, List<String> challenges) {
    Map<String, String> trailers = new LinkedHashMap<>();
    trailers.put("grpc-status", Integer.toString(answer.grpcStatus()));
    trailers.put("grpc-message", answer.message());
    challenges.stream().findFirst().ifPresent(v -> trailers.put("www-authenticate", v));
    return trailers;
  }
}
