// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs one thing, never twice at once: whoever comes while it runs makes it run once more. So
 * everything that happens to one direction of an exchange, on whichever thread, happens in turn and
 * nobody waits.
 */
final class Serial implements Runnable {
  private final Runnable step;
  private final AtomicInteger calls = new AtomicInteger();

  Serial(Runnable step) {
    this.step = step;
  }

  @Override
  public void run() {
    if (calls.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    while (seen != 0) {
      seen = once(seen);
    }
  }

  /** What goes wrong once must not keep everything after it from being done. */
  private int once(int seen) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      calls.set(0);
      throw e;
    }
    return calls.addAndGet(-seen);
  }
}
