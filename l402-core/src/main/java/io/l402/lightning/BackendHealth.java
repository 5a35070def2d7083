// SPDX-License-Identifier: Apache-2.0
package io.l402.lightning;

import java.util.Objects;

/**
 * How a backend is.
 *
 * @param status whether invoices can be made now
 * @param detail a word for operators; holds no secret and is never shown to clients
 */
public record BackendHealth(Status status, String detail) {
  /** Whether invoices can be made now, and if not, why. */
  public enum Status {
    /** Invoices can be made. */
    READY,
    /** Reachable but locked or starting. */
    NOT_READY,
    /** Unreachable. */
    DOWN,
    /** The credentials for the node do not do. */
    AUTH,
    /** The configuration is wrong. */
    CONFIG
  }

  /** Checks that both are there. */
  public BackendHealth {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(detail, "detail");
  }
}
