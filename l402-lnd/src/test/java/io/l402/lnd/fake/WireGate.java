// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

/** Lets bytes through, or makes them wait. */
final class WireGate {
  private boolean closed;

  synchronized void close() {
    closed = true;
  }

  synchronized void open() {
    closed = false;
    notifyAll();
  }

  /** Wakes those who wait for a link that is gone. */
  synchronized void wake() {
    notifyAll();
  }

  /** Waits while the gate is closed and the link is there. */
  synchronized void pass(WireLink link) throws InterruptedException {
    while (closed && !link.isOver()) {
      wait();
    }
  }
}
