// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is to go wrong inside the server; for what goes wrong on the way see {@link Wire}.
 *
 * <p>Safe for use by many threads.
 */
public final class Faults {
  private final Map<String, MethodFault> byMethod = new ConcurrentHashMap<>();
  private volatile Garbage garbage = Garbage.NONE;
  private volatile EventOrder eventOrder = EventOrder.FAITHFUL;
  private volatile Runnable beforeSubscribing = () -> {};
  private volatile Runnable beforeBacklog = () -> {};

  Faults() {}

  /** A new fault of a method such as {@code AddInvoice}, in place of the one it had. */
  public MethodFault on(String method) {
    MethodFault fault = new MethodFault();
    byMethod.put(method, fault);
    return fault;
  }

  /** What is wrong with AddInvoice's answers from now on. */
  public void garble(Garbage value) {
    garbage = value;
  }

  /** How events reach subscribers from now on. */
  public void events(EventOrder value) {
    eventOrder = value;
  }

  /**
   * Runs for each new subscriber, before it is registered: what happens now it never hears live.
   */
  public void beforeSubscribing(Runnable work) {
    beforeSubscribing = work;
  }

  /** Runs for each new subscriber, after it is registered and before its backlog is looked up. */
  public void beforeBacklog(Runnable work) {
    beforeBacklog = work;
  }

  /** All is well again, from the next call on. */
  public void clear() {
    byMethod.clear();
    garbage = Garbage.NONE;
    eventOrder = EventOrder.FAITHFUL;
    beforeBacklog = () -> {};
    beforeSubscribing = () -> {};
  }

  /** What is wrong with this call; null if nothing is. */
  MethodFault take(String method) {
    MethodFault fault = byMethod.get(method);
    return fault != null && fault.take() ? fault : null;
  }

  Garbage garbage() {
    return garbage;
  }

  EventOrder eventOrder() {
    return eventOrder;
  }

  void runBeforeSubscribing() {
    beforeSubscribing.run();
  }

  void runBeforeBacklog() {
    beforeBacklog.run();
  }
}
