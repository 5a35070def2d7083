// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

/** An HTTP client for upstreams. What one is asked for is all that this package knows of them. */
interface UpstreamClient extends AutoCloseable {
  /**
   * An exchange, not yet begun.
   *
   * @param listener is told what comes of it, on threads of the client
   */
  UpstreamExchange open(UpstreamRequest request, UpstreamListener listener);

  /** The same, for a request that may make the connection speak another protocol. */
  UpstreamExchange openUpgrade(UpstreamRequest request, UpgradeListener listener);

  /** Ends it, and every exchange that is under way. */
  @Override
  void close();
}
