// SPDX-License-Identifier: Apache-2.0
package io.l402.keys;

import io.l402.L402Exception;

/** Root keys or revocations cannot be read or written now. Nothing is granted meanwhile. */
public final class RootKeyStoreException extends L402Exception {
  private static final long serialVersionUID = 1L;

  /** Creates an exception that says what was being done. */
  public RootKeyStoreException(String message) {
    super(message);
  }

  /** Creates an exception that says what was being done, and what led to it. */
  public RootKeyStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
