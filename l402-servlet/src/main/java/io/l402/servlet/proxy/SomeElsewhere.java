// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Runs what may have to wait for a client on the thread that brings it, which is the fastest, as
 * long as few others do so; what comes while they do runs elsewhere. So clients that do not read
 * can never stop all of the threads that carry the upstreams' answers.
 */
final class SomeElsewhere implements Executor {
  private final Semaphore here;
  private final Executor elsewhere;

  /**
   * Such an executor.
   *
   * @param most how many may run on the threads that bring them at once
   */
  SomeElsewhere(int most, Executor elsewhere) {
    here = new Semaphore(most);
    this.elsewhere = elsewhere;
  }

  @Override
  public void execute(Runnable work) {
    if (!here.tryAcquire()) {
      elsewhere.execute(work);
      return;
    }
    try {
      work.run();
    } finally {
      here.release();
    }
  }
}
