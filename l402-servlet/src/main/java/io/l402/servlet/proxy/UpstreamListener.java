// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

/** Is told what comes of a request: that it is answered or that it is not, and only once. */
interface UpstreamListener {
  /** The answer begins. */
  void responded(UpstreamResponse response);

  /** There is none. */
  void failed(Throwable why);

  /** The answer that had begun breaks off. Whoever reads it finds out, perhaps much later. */
  void broke();
}
