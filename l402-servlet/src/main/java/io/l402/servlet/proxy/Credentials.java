// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import io.l402.L402Credential;
import io.l402.MalformedCredentialException;
import io.l402.VerifiedL402;
import io.l402.servlet.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the upstream sees of the client's L402 credential. It holds the preimage, with which whoever
 * reads it could use the token elsewhere; so only the service's owner can have it sent.
 */
final class Credentials {
  private static final Set<String> FIELDS =
      Set.of("authorization", "macaroon", "grpc-metadata-macaroon", "token", "grpc-metadata-token");
  private static final String CLAIM = "l402-";

  private Credentials() {}

  /** Whether a request's field is for us alone. */
  static boolean isWithheld(Field field, Upstream.Credential forward) {
    String key = field.key();
    if (key.startsWith(CLAIM)) {
      return true; // nobody but us says what was verified
    }
    return forward != Upstream.Credential.ORIGINAL && FIELDS.contains(key) && isOurs(key, field);
  }

  /** What the parser takes for a credential, or for a broken one; it alone knows. */
  private static boolean isOurs(String key, Field field) {
    try {
      return L402Credential.from(
              name -> name.equalsIgnoreCase(key) ? List.of(field.value()) : List.of())
          .isPresent();
    } catch (MalformedCredentialException e) {
      return true;
    }
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
