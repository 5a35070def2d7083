// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

/** Leaves the parser at the first fault; never leaves {@link RequestPath}. Has no stack trace. */
final class PathRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final PathFault fault;

  PathRefusedException(PathFault fault) {
    super(fault.word(), null, false, false);
    this.fault = fault;
  }

  PathFault fault() {
    return fault;
  }
}
