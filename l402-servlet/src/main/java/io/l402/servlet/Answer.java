// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.L402Challenge;
import io.l402.RejectionReason;
import io.l402.gate.Decision;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A refusal as it is to be written, over HTTP and over gRPC.
 *
 * @param status the HTTP status
 * @param grpcStatus the gRPC status
 * @param message ASCII; empty for no body
 * @param retryAfter when to try again
 * @param challenge how to pay
 * @param reason why the credential that was presented does not do
 */
record Answer(
    int status,
    int grpcStatus,
    String message,
    Optional<Duration> retryAfter,
    Optional<L402Challenge> challenge,
    Optional<RejectionReason> reason) {

  /** The path, the method or the host is malformed or ambiguous. */
  static final Answer BAD_REQUEST = of(new Decision.BadRequest());

  /** No method of ours. */
  static final Answer METHOD_NOT_ALLOWED = plain(405, 3, "method not allowed");

  /** No service takes the path, and what no service takes does not exist. */
  static final Answer NOT_FOUND = plain(404, 5, "not found");

  /** No service takes the path, and what no service takes is closed. */
  static final Answer FORBIDDEN = of(new Decision.Forbidden());

  /** No service has this host. */
  static final Answer MISDIRECTED = plain(421, 5, "no such host");

  /** Something of ours is broken; says nothing. */
  static final Answer INTERNAL_ERROR = plain(500, 13, "");

  Answer {
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(retryAfter, "retryAfter");
    Objects.requireNonNull(challenge, "challenge");
    Objects.requireNonNull(reason, "reason");
  }

  private static Answer plain(int status, int grpcStatus, String message) {
    return new Answer(
        status, grpcStatus, message, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** What a decision is answered with. */
  static Answer of(Decision.Denied denied) {
    Answer plain = plain(denied.httpStatus(), denied.grpcStatus(), denied.message());
    if (denied instanceof Decision.PaymentRequired required) {
      return plain.with(Optional.empty(), Optional.of(required.challenge()), required.reason());
    }
    if (denied instanceof Decision.Throttled throttled) {
      return plain.with(Optional.of(throttled.retryAfter()), Optional.empty(), Optional.empty());
    }
    if (denied instanceof Decision.Unavailable unavailable) {
      return plain.with(
          Optional.of(unavailable.retryAfter()), Optional.empty(), unavailable.reason());
    }
    return plain;
  }

  private Answer with(
      Optional<Duration> after, Optional<L402Challenge> offer, Optional<RejectionReason> why) {
    return new Answer(status, grpcStatus, message, after, offer, why);
  }

  /** The same with another HTTP status. */
  Answer withStatus(int other) {
    return new Answer(other, grpcStatus, message, retryAfter, challenge, reason);
  }

  /** The value of Retry-After: whole seconds, rounded up, at least one. */
  Optional<String> retryAfterSeconds() {
    return retryAfter.map(Answer::wholeSeconds);
  }

  private static String wholeSeconds(Duration time) {
    long seconds = time.getSeconds() + (time.getNano() > 0 ? 1 : 0);
    return Long.toString(Math.max(1, seconds));
  }
}
