// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

/** Is told what comes of a request: one of the two, and only once. */
interface UpstreamListener {
  /** The answer begins. */
  void responded(UpstreamResponse response);

  /** There is none. */
  void failed(Throwable why);
}
