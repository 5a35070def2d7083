// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import io.l402.servlet.Upstream;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How far an exchange has come, both ways, and how long it may stand still: since when nothing
 * moves, and whom everybody waits for. Safe for use by many threads, but for the clock's.
 */
final class Progress {
  /** Who has not read for so long may be why the upstream gives up, which costs it nothing. */
  private static final Duration STALL = Duration.ofSeconds(5);

  private final Upstream.Timeouts timeouts;
  private final BooleanSupplier unanswered;
  private volatile RequestPump requestPump;
  private volatile ResponsePump responsePump;
  private volatile boolean requestSent;
  private boolean overdue; // known to the clock alone
  private volatile boolean clientStalled;
  private volatile boolean clientFailed;
  private volatile long lastMoved = System.nanoTime();

  /**
   * Progress from now on.
   *
   * @param requestSent whether there is no body to be sent
   * @param unanswered whether the upstream's answer has not begun
   */
  Progress(Upstream.Timeouts timeouts, boolean requestSent, BooleanSupplier unanswered) {
    this.timeouts = timeouts;
    this.requestSent = requestSent;
    this.unanswered = unanswered;
  }

  /** The request's body goes through this pump. */
  void requestThrough(RequestPump pump) {
    requestPump = pump;
  }

  /** The answer's body goes through this one. */
  void responseThrough(ResponsePump pump) {
    responsePump = pump;
  }

  /** Something moved. */
  void moved() {
    lastMoved = System.nanoTime();
  }

  /** The last of the request did. */
  void requestEnded() {
    moved();
    requestSent = true;
  }

  /** Whether all of the request was sent. */
  boolean isRequestSent() {
    return requestSent;
  }

  /** No more of the request is read. */
  void stopRequest() {
    if (requestPump != null) {
      requestPump.stop();
    }
  }

  /**
   * Breaks off the answer's body, in turn with what is being written.
   *
   * @return false if nothing of it could have been written yet
   */
  boolean breakOffResponse(Throwable why) {
    ResponsePump pump = responsePump;
    if (pump == null) {
      return false;
    }
    pump.breakOff(why);
    return true;
  }

  /** Asks the container for what it does not tell or do by itself. */
  void nudge(boolean forgetful) {
    if (!requestSent && requestPump != null) {
      requestPump.check();
    }
    if (responsePump != null && forgetful) {
      responsePump.flushAgain();
    }
  }

  /** Whether nothing has moved for too long; true once. For the clock alone. */
  boolean isOverdue(long now) {
    boolean before = overdue;
    long limit = limit().toNanos(); // before what moved last, which may be what changes the limit
    overdue |= now - lastMoved > limit;
    return overdue && !before;
  }

  /** For how long nothing may move as it stands. */
  Duration limit() {
    boolean first = unanswered.getAsBoolean() && requestSent;
    return first ? timeouts.firstByte() : timeouts.idle();
  }

  /** Settles whose fault it is that nothing moves. */
  Failure stalled() {
    clientStalled = isWaitingForClient();
    return clientStalled ? Failure.SLOW_CLIENT : Failure.SLOW_UPSTREAM;
  }

  private boolean isWaitingForClient() {
    boolean sends = !requestSent && requestPump != null && requestPump.isWaitingForClient();
    return sends || responsePump != null && responsePump.isWaitingForClient();
  }

  /**
   * The upstream breaks off its answer; not by its own fault, if its client has not read for long.
   */
  void upstreamBroke(long now) {
    ResponsePump pump = responsePump;
    clientStalled |= pump != null && pump.isWaitingForClient() && now - lastMoved > STALL.toNanos();
  }

  /** The client sent what it should not have. */
  void clientFailed() {
    clientFailed = true;
  }

  /** Whose fault it is that an answer which had begun is broken off. */
  Failure fault() {
    if (clientStalled) {
      return Failure.SLOW_CLIENT;
    }
    return clientFailed ? Failure.BAD_REQUEST : Failure.BAD_GATEWAY;
  }
}
