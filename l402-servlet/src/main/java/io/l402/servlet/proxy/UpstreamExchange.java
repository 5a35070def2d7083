// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

/**
 * One request to an upstream and its answer; the body of the request goes into it. Safe for use by
 * many threads.
 */
interface UpstreamExchange extends BodySink {
  /** Sends the request. Never waits. */
  void begin();

  /**
   * Breaks it off, at once, so that the upstream sees it; does nothing after its end.
   *
   * @param why a {@link java.util.concurrent.TimeoutException} says that the upstream has fallen
   *     silent, and perhaps is gone: then its connection is used for nothing new
   */
  void abort(Throwable why);
}
