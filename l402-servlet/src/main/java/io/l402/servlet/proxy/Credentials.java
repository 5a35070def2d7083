// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import io.l402.L402Credential;
import io.l402.VerifiedL402;
import io.l402.servlet.Upstream;
import java.util.List;
import java.util.Optional;

/**
 * What the upstream sees of the client's L402 credential. It holds the preimage, with which whoever
 * reads it could use the token elsewhere; so only the service's owner can have it sent.
 */
final class Credentials {
  private static final String CLAIM = "l402-";

  private Credentials() {}

  /** Whether a request's field is for us alone. */
  static boolean isWithheld(Field field, Upstream.Credential forward) {
    String key = field.key();
    return key.startsWith(CLAIM) // nobody but us says what was verified
        || forward != Upstream.Credential.ORIGINAL && L402Credential.isIn(key, field.value());
  }

  /** The fields that tell of the token, in place of the credential. */
  static List<Field> claims(Optional<VerifiedL402> token, Upstream.Credential forward) {
    if (token.isEmpty() || forward != Upstream.Credential.CLAIMS) {
      return List.of();
    }
    return List.of(
        new Field("L402-Token-Id", token.get().tokenId().toHex()),
        new Field("L402-Service", token.get().service().name()),
        new Field("L402-Tier", Integer.toString(token.get().service().tier())));
  }
}
