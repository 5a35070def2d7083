// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * Our name in {@code Via} (RFC 9110, 7.6.3), drawn anew for each servlet, by which a request that
 * comes back to us is known. Immutable and safe for use by many threads.
 */
final class Via {
  private static final String NAME = "via";

  private final String pseudonym;

  private Via(String pseudonym) {
    this.pseudonym = pseudonym;
  }

  /** A new name. */
  static Via create() {
    byte[] random = new byte[8];
    new SecureRandom().nextBytes(random);
    return new Via("l402-" + HexFormat.of().formatHex(random));
  }

  /** Whether a message went through here before. */
  boolean isIn(List<Field> fields) {
    return fields.stream().anyMatch(it -> it.key().equals(NAME) && it.value().contains(pseudonym));
  }

  /** The field to add to a message that was received over this protocol, such as HTTP/1.1. */
  Field field(String protocol) {
    int slash = protocol.indexOf('/');
    return new Field("Via", protocol.substring(slash + 1) + " " + pseudonym);
  }
}
