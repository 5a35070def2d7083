// SPDX-License-Identifier: Apache-2.0
package io.l402.macaroon;

import io.l402.L402Exception;

/** Bytes that are not a macaroon in the form they were read as. */
public final class MalformedMacaroonException extends L402Exception {
  private static final long serialVersionUID = 1L;

  /** Creates an exception that says where, what was found and what was expected. */
  public MalformedMacaroonException(String message) {
    super(message);
  }
}
