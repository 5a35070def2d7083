// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

/** Something that is under way, and must not be for ever. */
interface Watched {
  /**
   * Ends it if nothing has happened for too long.
   *
   * @param now a time such as {@link System#nanoTime()}
   */
  void check(long now);

  /** Ends it: the servlet stops. */
  void stop();
}
