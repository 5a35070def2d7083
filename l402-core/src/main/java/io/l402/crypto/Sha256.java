// SPDX-License-Identifier: Apache-2.0
package io.l402.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 without a search through the providers at every use. Safe for use by many threads. */
public final class Sha256 {
  /** The length of a hash in bytes. */
  public static final int LENGTH = 32;

  /** Is only ever copied, never fed. */
  private static final MessageDigest PROTOTYPE = find();

  private Sha256() {}

  /** A digest that nothing has gone into yet, for one thread. */
  public static MessageDigest newDigest() {
    try {
      return (MessageDigest) PROTOTYPE.clone();
    } catch (CloneNotSupportedException e) {
      return find();
    }
  }

  /** The hash of these bytes. */
  public static byte[] hash(byte[] message) {
    return newDigest().digest(message);
  }

  private static MessageDigest find() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
