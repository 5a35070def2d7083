// SPDX-License-Identifier: Apache-2.0
package io.l402.it;

/** What a container itself cannot do. The list is closed: what else fails is a fault of ours. */
public enum Limit {
  /** {@code HttpServletRequest.upgrade()} is not there. */
  NO_UPGRADE,
  /**
   * An upgraded connection is taken for ended if its client has said nothing yet when it is first
   * read from. Not known to be the container's fault alone: to be looked into.
   */
  SILENT_UPGRADE_ENDS,
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
