// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import io.l402.internal.FailureLog;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;

/**
 * What all exchanges of one servlet share.
 *
 * @param asking one permit for each container thread that may wait for a client's held-back body
 * @param handshakes one for each that may wait for an upstream's answer to an upgrade
 * @param answers threads for what may have to wait until its client reads
 * @param writers runs what carries on an answer and may have to wait, too
 */
record ProxyContext(
    FailureLog failures,
    UnderWay underWay,
    Semaphore asking,
    Semaphore handshakes,
    ExecutorService answers,
    ExecutorService spareWriters,
    Executor writers) {
  private static final int MAX_ASKING = 8;
  private static final int MAX_HANDSHAKES = 16;
  private static final int MAX_ANSWERS = 16;

  /** Half of the threads that carry answers. */
  private static final int MAX_WRITERS_HERE = 8;

  /** As many as a Tomcat has of its own, and they end after some seconds. */
  private static final int MAX_WRITERS = 200;

  static ProxyContext open(FailureLog failures) {
    ExecutorService spareWriters = SpareThreads.pool(MAX_WRITERS, "l402-proxy-writers");
    return new ProxyContext(
        failures,
        new UnderWay(),
        new Semaphore(MAX_ASKING),
        new Semaphore(MAX_HANDSHAKES),
        SpareThreads.pool(MAX_ANSWERS, "l402-proxy-answers"),
        spareWriters,
        new SomeElsewhere(MAX_WRITERS_HERE, spareWriters));
  }

  void close() {
    underWay.close();
    answers.shutdown();
    spareWriters.shutdown();
  }
}
