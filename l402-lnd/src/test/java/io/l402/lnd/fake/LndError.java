// SPDX-License-Identifier: Apache-2.0
package io.l402.lnd.fake;

import io.grpc.Status;

/** An error as lnd answers it: nearly always the code UNKNOWN, and a text. */
final class LndError extends IllegalStateException {
  private static final long serialVersionUID = 1;

  private final transient Status status;

  LndError(Status status) {
    super(status.getDescription());
    this.status = status;
  }

  /** What a plain Go error becomes on the wire. */
  static LndError of(String text) {
    return new LndError(Status.UNKNOWN.withDescription(text));
  }

  Status status() {
    return status;
  }
}
