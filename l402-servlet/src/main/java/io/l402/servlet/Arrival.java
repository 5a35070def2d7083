// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.l402.gate.AccessRequest;

/** What a request, or one dispatch of it, turns out to be about. */
sealed interface Arrival {
  /** Nothing can be decided on it: no rule was looked at, and nothing was minted. */
  record Refused(Answer answer) implements Arrival {}

  /** No service takes the path. */
  record Unmatched() implements Arrival {}

  /** A service takes it. */
  record Matched(ServiceRule rule, AccessRequest access) implements Arrival {}
}
