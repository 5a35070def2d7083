// SPDX-License-Identifier: Apache-2.0
package io.l402.internal;

import io.l402.L402Exception;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Logs failures that come back with every request: each kind at once, and then once a minute at
 * most, with how many were left out, so that a node that is down does not fill the disk.
 *
 * <p>A kind is a text and the class of the failure. What this library throws itself says all in its
 * message; anything else is logged with its stack trace. Safe for use by many threads.
 */
public final class FailureLog {
  private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  /** More kinds than this program has; all further ones count as one. */
  private static final int MAX_KINDS = 100;

  private static final int NOT_NOW = -1;

  private record Kind(String what, Class<?> failure) {
    static final Kind OTHER = new Kind("", null);
  }

  private final System.Logger log;
  private final LongSupplier nanoTime;
  private final Map<Kind, Turn> turns = new ConcurrentHashMap<>();

  /** Logs to this logger. */
  public FailureLog(System.Logger log) {
    this(log, System::nanoTime);
  }

  /** Logs to this logger, by a time such as {@link System#nanoTime()}. */
  public FailureLog(System.Logger log, LongSupplier nanoTime) {
    this.log = Objects.requireNonNull(log, "log");
    this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
  }

  /**
   * Something failed.
   *
   * @param what what was being done, and what came of it; the same text every time
   * @param failure why; null if nothing was thrown
   */
  public void failed(System.Logger.Level level, String what, Throwable failure) {
    Class<?> type = failure == null ? null : failure.getClass();
    long unsaid = turn(new Kind(what, type)).take(nanoTime.getAsLong());
    if (unsaid == NOT_NOW) {
      return;
    }
    String more = unsaid == 0 ? "" : " (and " + unsaid + " others since the last such line)";
    if (failure instanceof L402Exception) {
      log.log(level, what + ": " + failure.getMessage() + more);
    } else {
      log.log(level, what + more, failure);
    }
  }

  private Turn turn(Kind kind) {
    boolean tooMany = turns.size() >= MAX_KINDS && !turns.containsKey(kind);
    return turns.computeIfAbsent(tooMany ? Kind.OTHER : kind, same -> new Turn());
  }

  /** When a kind was last spoken of, and how often it was passed over since. */
  private static final class Turn {
    private boolean spoken;
    private long last;
    private long unsaid;

    /** How many were left out before this one; {@link #NOT_NOW} if this one is, too. */
    synchronized long take(long now) {
      if (spoken && now - last < PAUSE_NANOS) {
        unsaid++;
        return NOT_NOW;
      }
      long before = unsaid;
      spoken = true;
      last = now;
      unsaid = 0;
      return before;
    }
  }
}
