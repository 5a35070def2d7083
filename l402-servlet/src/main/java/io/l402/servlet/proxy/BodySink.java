// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

/** Where bytes go to. Safe for use by many threads. */
interface BodySink {
  /**
   * Sends a part. Never waits.
   *
   * @param written is told when the bytes may be overwritten and the next part may follow; never if
   *     that fails
   */
  void write(byte[] bytes, int length, Runnable written);

  /** That was all. */
  void end();
}
