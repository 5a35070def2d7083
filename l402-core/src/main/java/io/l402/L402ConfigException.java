// SPDX-License-Identifier: Apache-2.0
package io.l402;

/** A configuration that cannot be used. The message names every fault that was found, not one. */
public final class L402ConfigException extends L402Exception {
  private static final long serialVersionUID = 1L;

  /** Creates an exception that lists what is wrong. */
  public L402ConfigException(String message) {
    super(message);
  }

  /** Creates an exception that lists what is wrong, and what led to it. */
  public L402ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
