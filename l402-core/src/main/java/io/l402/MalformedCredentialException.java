// SPDX-License-Identifier: Apache-2.0
package io.l402;

/** A credential or challenge that does not follow the grammar of the L402 specification. */
public final class MalformedCredentialException extends L402Exception {
  private static final long serialVersionUID = 1L;

  /** Creates an exception that says what was found and what was expected. */
  public MalformedCredentialException(String message) {
    super(message);
  }

  /** Creates an exception that says what was found and what was expected, and what led to it. */
  public MalformedCredentialException(String message, Throwable cause) {
    super(message, cause);
  }
}
