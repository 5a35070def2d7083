// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

/** One request to an upstream and its answer. Safe for use by many threads. */
interface UpstreamExchange {
  /** Sends the request. Never waits. */
  void begin();

  /**
   * Sends a part of the body.
   *
   * @param written is told when the bytes may be overwritten and the next part may follow; never if
   *     the exchange fails
   */
  void write(byte[] bytes, int length, Runnable written);

  /** The body is complete. */
  void end();

  /** Breaks it off, at once, so that the upstream sees it; does nothing after its end. */
  void abort(Throwable why);
}
