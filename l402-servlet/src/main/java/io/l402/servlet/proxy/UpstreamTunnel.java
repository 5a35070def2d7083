// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

/** A connection to an upstream that now speaks another protocol, whatever it is. */
interface UpstreamTunnel extends BodySink, BodySource {
  /** Closes it, both ways. */
  void close();
}
