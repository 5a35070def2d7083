// SPDX-License-Identifier: Apache-2.0
package io.l402;

/**
 * The root of every exception that this library throws on purpose.
 *
 * <p>Messages say what was being done, what was found and what was expected. They never hold a
 * secret, and never more than 64 characters of what a client sent.
 */
public class L402Exception extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message fit for a log. */
  public L402Exception(String message) {
    super(message);
  }

  /** Creates an exception with a message fit for a log, and what led to it. */
  public L402Exception(String message, Throwable cause) {
    super(message, cause);
  }
}
