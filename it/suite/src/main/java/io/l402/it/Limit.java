// SPDX-License-Identifier: Apache-2.0
package io.l402.it;

/** What a container itself cannot do. The list is closed: what else fails is a fault of ours. */
public enum Limit {
  /** {@code HttpServletRequest.upgrade()} is not there. */
  NO_UPGRADE,
  /**
   * An upgraded connection can be read from only if the request told its length. The server looks
   * for the end of a request without before the application has it, and does not forget that it
   * found it: Jetty 12.1, {@code HttpConnection.onFillable}.
   */
  UPGRADES_WITH_LENGTH_ONLY,
  /** That a client has canceled is not told while nothing is read from it or written to it. */
  SILENT_CANCELLATION,
  /** After a canceled upload over HTTP/2 the connection may hang. */
  CANCELED_UPLOAD_HANGS,
  /**
   * Servlets are chosen by the path with its dot segments. {@code /paid/../open/x} would be free
   * and go to the servlet of {@code /paid/}; so such paths are refused there, whatever they lead
   * to.
   */
  KEEPS_DOT_SEGMENTS
}
