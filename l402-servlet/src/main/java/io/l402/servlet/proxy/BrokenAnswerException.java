// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import jakarta.servlet.ServletException;

/**
 * Thrown at the container so that it breaks off an answer that has begun. It logs it, which is why
 * there is no stack trace: why the upstream failed was logged already.
 */
final class BrokenAnswerException extends ServletException {
  private static final long serialVersionUID = 1L;

  BrokenAnswerException() {
    super("the upstream broke off in the middle of its answer");
  }

  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
