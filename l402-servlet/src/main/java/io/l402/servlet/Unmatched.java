// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

/** What becomes of a request whose path no service matches. */
enum Unmatched {
  /** It goes on to the application. */
  PASS,
  /** It is answered 403. */
  DENY,
  /** It is answered 404. */
  NOT_FOUND
}
