// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import io.l402.internal.FailureLog;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;

/**
 * What all exchanges of one servlet share.
 *
 * @param asking one permit for each container thread that may wait for a client's held-back body
 * @param handshakes one for each that may wait for an upstream's answer to an upgrade
 * @param answers threads for what may have to wait until its client reads
 */
record ProxyContext(
    FailureLog failures,
    UnderWay underWay,
    Semaphore asking,
    Semaphore handshakes,
    ExecutorService answers) {
  private static final int MAX_ASKING = 8;
  private static final int MAX_HANDSHAKES = 16;
  private static final int MAX_ANSWERS = 16;

  static ProxyContext open(FailureLog failures) {
    return new ProxyContext(
        failures,
        new UnderWay(),
        new Semaphore(MAX_ASKING),
        new Semaphore(MAX_HANDSHAKES),
        SpareThreads.pool(MAX_ANSWERS, "l402-proxy-answers"));
  }

  void close() {
    underWay.close();
    answers.shutdown();
  }
}
