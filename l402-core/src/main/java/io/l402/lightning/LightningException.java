// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import io.l402.L402Exception;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** A Lightning node that cannot do what it was asked. Its text never reaches a client. */
public final class LightningException extends L402Exception {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it is, and so what helps. */
  public enum Kind {
    /** Unreachable, too slow, overloaded: try again later. */
    RETRYABLE,
    /** Reachable but locked or starting. */
    NOT_READY,
    /** The credentials for the node do not do. */
    AUTH,
    /** The node lacks what is needed, or the configuration is wrong. */
    CONFIG,
    /** The node's answer was refused, or it refused the request itself. */
    REJECTED
  }

  private final Kind kind;
  private final transient Duration retryAfter;

  /** Creates an exception of a kind, with a message for the log. */
  public LightningException(Kind kind, String message) {
    super(message);
    this.kind = Objects.requireNonNull(kind, "kind");
    this.retryAfter = null;
  }

  /** Creates an exception of a kind that also knows when it is worth to try again. */
  public LightningException(Kind kind, String message, Duration retryAfter) {
    super(message);
    this.kind = Objects.requireNonNull(kind, "kind");
    this.retryAfter = Objects.requireNonNull(retryAfter, "retryAfter");
  }

  /** Creates an exception of a kind, with a message for the log and what led to it. */
  public LightningException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = Objects.requireNonNull(kind, "kind");
    this.retryAfter = null;
  }

  /** The kind of failure. */
  public Kind kind() {
    return kind;
  }

  /** When it is worth to try again, if that is known. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
