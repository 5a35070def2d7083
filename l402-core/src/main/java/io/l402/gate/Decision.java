// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import io.l402.L402Challenge;
import io.l402.RejectionReason;
import io.l402.VerifiedL402;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What the gate decided. Whatever is not {@link Allowed} does not pass.
 *
 * <p>Decisions are values: immutable and safe for use by many threads.
 */
public sealed interface Decision {

  /** The request may pass. */
  sealed interface Allowed extends Decision {}

  /** The request may not pass; says which answer it gets. */
  sealed interface Denied extends Decision {
    /** The HTTP status of the answer. */
    int httpStatus();

    /** The gRPC status of the answer. */
    int grpcStatus();

    /** The text of the answer, in ASCII: body over HTTP, {@code grpc-message} over gRPC. */
    String message();
  }

  /** A token was presented and verified. */
  record Granted(VerifiedL402 token) implements Allowed {
    /** Checks that the proof is there. */
    public Granted {
      Objects.requireNonNull(token, "token");
    }
  }

  /** Nothing needs to be paid. */
  record Free(Why why) implements Allowed {
    /** Why a request is free. */
    public enum Why {
      /** The service's auth level is off. */
      AUTH_OFF,
      /** The path is whitelisted. */
      WHITELISTED,
      /** One of the client's free requests. */
      FREEBIE,
      /** The price of this request is zero. */
      PRICE_ZERO
    }

    /** Checks that a reason is given. */
    public Free {
      Objects.requireNonNull(why, "why");
    }
  }

  /**
   * The request would have been refused, and passes because its service is {@linkplain
   * ServicePolicy#dryRun() only tried out}. Nothing was paid, minted or used up for it.
   *
   * @param verdict what would have been decided
   * @param reason why the credential that was presented would not do; empty if there was none
   */
  record DryRun(Verdict verdict, Optional<RejectionReason> reason) implements Allowed {
    /** The decisions that refuse. */
    public enum Verdict {
      /** {@link PaymentRequired}, if the node had made an invoice. */
      PAYMENT_REQUIRED,
      /** {@link Unauthorized}. */
      UNAUTHORIZED,
      /** {@link Forbidden}. */
      FORBIDDEN,
      /** {@link BadRequest}. */
      BAD_REQUEST,
      /** {@link Throttled}. */
      THROTTLED,
      /** {@link Unavailable}, and whatever else refuses. */
      UNAVAILABLE;

      private static Verdict of(Denied denied) {
        if (denied instanceof PaymentRequired) {
          return PAYMENT_REQUIRED;
        }
        if (denied instanceof Unauthorized) {
          return UNAUTHORIZED;
        }
        if (denied instanceof Forbidden) {
          return FORBIDDEN;
        }
        if (denied instanceof BadRequest) {
          return BAD_REQUEST;
        }
        return denied instanceof Throttled ? THROTTLED : UNAVAILABLE;
      }
    }

    /** Checks that both are there. */
    public DryRun {
      Objects.requireNonNull(verdict, "verdict");
      Objects.requireNonNull(reason, "reason");
    }

    /** What stands in the place of a refusal. */
    static DryRun of(Denied denied, Optional<RejectionReason> reason) {
      Optional<RejectionReason> own =
          denied instanceof Unavailable unavailable ? unavailable.reason() : Optional.empty();
      return new DryRun(Verdict.of(denied), own.or(() -> reason));
    }
  }

  /**
   * Payment is required, and here is how.
   *
   * @param reason why the credential that was presented does not do; empty if there was none
   */
  record PaymentRequired(L402Challenge challenge, Optional<RejectionReason> reason)
      implements Denied {
    /** Checks that both are there. */
    public PaymentRequired {
      Objects.requireNonNull(challenge, "challenge");
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public int httpStatus() {
      return 402;
    }

    @Override
    public int grpcStatus() {
      return 13;
    }

    @Override
    public String message() {
      return "payment required";
    }
  }

  /** A valid token is needed, and no challenge is made on this path. */
  record Unauthorized() implements Denied {
    @Override
    public int httpStatus() {
      return 401;
    }

    @Override
    public int grpcStatus() {
      return 13;
    }

    @Override
    public String message() {
      return "unauthorized";
    }
  }

  /** The client is on the blocklist. */
  record Forbidden() implements Denied {
    @Override
    public int httpStatus() {
      return 403;
    }

    @Override
    public int grpcStatus() {
      return 13;
    }

    @Override
    public String message() {
      return "access denied";
    }
  }

  /** The request itself cannot be decided on. */
  record BadRequest() implements Denied {
    @Override
    public int httpStatus() {
      return 400;
    }

    @Override
    public int grpcStatus() {
      return 3;
    }

    @Override
    public String message() {
      return "bad request";
    }
  }

  /**
   * Over a limit.
   *
   * @param retryAfter when to try again
   */
  record Throttled(Duration retryAfter) implements Denied {
    /** Checks that a time is given. */
    public Throttled {
      Objects.requireNonNull(retryAfter, "retryAfter");
    }

    @Override
    public int httpStatus() {
      return 429;
    }

    @Override
    public int grpcStatus() {
      return 8;
    }

    @Override
    public String message() {
      return "rate limit exceeded";
    }
  }

  /**
   * It cannot be told now: the node or a store is down, or the payment has not arrived yet.
   *
   * @param retryAfter when to try again
   * @param reason {@link RejectionReason#UNSETTLED} in strict mode, else empty
   */
  record Unavailable(Duration retryAfter, Optional<RejectionReason> reason) implements Denied {
    /** Checks that both are there. */
    public Unavailable {
      Objects.requireNonNull(retryAfter, "retryAfter");
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public int httpStatus() {
      return 503;
    }

    @Override
    public int grpcStatus() {
      return 14;
    }

    @Override
    public String message() {
      return "lightning node unavailable";
    }
  }
}
