// SPDX-License-Identifier: Apache-2.0
package io.l402.bolt11;

import io.l402.L402Exception;

/** A string that is not a BOLT 11 invoice, or one that must not be paid. */
public final class MalformedInvoiceException extends L402Exception {
  private static final long serialVersionUID = 1L;

  /** Creates an exception that says what was found and what was expected. */
  public MalformedInvoiceException(String message) {
    super(message);
  }
}
