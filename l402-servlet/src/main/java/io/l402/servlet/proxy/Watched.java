// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

/** Something that is under way, and must not be for ever. */
interface Watched {
  /**
   * Whether it is to be ended: nothing has happened for too long, or nobody is left to whom it
   * could; true once for each. Must not wait for anything.
   *
   * @param now a time such as {@link System#nanoTime()}
   */
  boolean isOverdue(long now);

  /** Ends it, since it is overdue. */
  void expire();

  /** Ends it: the servlet stops. */
  void stop();
}
