// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

/** A request, or an upstream's answer, that cannot be forwarded. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Failure failure;

  RefusedException(Failure failure, String message) {
    super(message);
    this.failure = failure;
  }

  /** What the client is told. */
  Failure failure() {
    return failure;
  }
}
