// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd;

import io.l402.L402Exception;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Logs failures that come back with every request: each kind at once, and then once a minute at
 * most, so that a node that is down does not fill the disk.
 *
 * <p>A kind is a text and the class of the failure. What this library throws itself says all in its
 * message; anything else is logged with its stack trace. Safe for use by many threads.
 */
final class FailureLog {
  private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  /** More kinds than this program has; all further ones count as one. */
  private static final int MAX_KINDS = 100;

  private record Kind(String what, Class<?> failure) {
    static final Kind OTHER = new Kind("", null);
  }

  private final System.Logger log;
  private final LongSupplier nanoTime;
  private final Map<Kind, Long> logged = new ConcurrentHashMap<>();

  /** Logs to this logger. */
  FailureLog(System.Logger log) {
    this(log, System::nanoTime);
  }

  FailureLog(System.Logger log, LongSupplier nanoTime) {
    this.log = Objects.requireNonNull(log, "log");
    this.nanoTime = nanoTime;
  }

  /**
   * Something failed.
   *
   * @param what what was being done, and what came of it; the same text every time
   * @param failure why; null if nothing was thrown
   */
  void failed(System.Logger.Level level, String what, Throwable failure) {
    if (!isDue(new Kind(what, failure == null ? null : failure.getClass()))) {
      return;
    }
    if (failure instanceof L402Exception) {
      log.log(level, what + ": " + failure.getMessage());
    } else {
      log.log(level, what, failure);
    }
  }

  private boolean isDue(Kind kind) {
    boolean tooMany = logged.size() >= MAX_KINDS && !logged.containsKey(kind);
    long now = nanoTime.getAsLong();
    boolean[] due = {false};
    logged.compute(
        tooMany ? Kind.OTHER : kind,
        (same, last) -> {
          due[0] = last == null || now - last >= PAUSE_NANOS;
          return due[0] ? Long.valueOf(now) : last;
        });
    return due[0];
  }
}
