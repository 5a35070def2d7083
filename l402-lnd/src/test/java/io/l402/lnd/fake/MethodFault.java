// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import io.grpc.Status;
import java.time.Duration;

/**
 * What goes wrong with the calls of one method, until {@link Faults#clear} or, with {@link #times},
 * for so many calls. Set it before the calls come.
 */
public final class MethodFault {
  private Duration latency = Duration.ZERO;
  private Status status;
  private Runnable instead;
  private int left = Integer.MAX_VALUE;

  MethodFault() {}

  /** Only the next so many calls. */
  public synchronized MethodFault times(int count) {
    left = count;
    return this;
  }

  /** The work is done at once, the answer goes out this much later. Not for streams. */
  public synchronized MethodFault latency(Duration value) {
    latency = value;
    return this;
  }

  /** The call is refused with this status and no work is done. */
  public synchronized MethodFault status(Status value) {
    status = value;
    return this;
  }

  /** The work is done, and the answer never goes out. Not for streams. */
  public MethodFault dropReply() {
    return dropReply(() -> {});
  }

  /** The work is done, and instead of the answer this happens, such as a cut of the wire. */
  public synchronized MethodFault dropReply(Runnable instead) {
    this.instead = instead;
    return this;
  }

  synchronized boolean take() {
    return left > 0 && left-- > 0;
  }

  synchronized Duration latency() {
    return latency;
  }

  synchronized Status status() {
    return status;
  }

  synchronized Runnable instead() {
    return instead;
  }
}
