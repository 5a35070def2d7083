// SPDX-License-Identifier: Apache-2.0
package io.l402;

import io.l402.bolt11.Bolt11;
import io.l402.macaroon.Macaroon;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a client is asked to pay: a macaroon and the invoice whose preimage makes it a token. */
public final class L402Challenge {
  private final Macaroon macaroon;
  private final Bolt11 invoice;

  private L402Challenge(Macaroon macaroon, Bolt11 invoice) {
    this.macaroon = macaroon;
    this.invoice = invoice;
  }

  public static L402Challenge of(Macaroon macaroon, Bolt11 invoice) {
    return new L402Challenge(
        Objects.requireNonNull(macaroon, "macaroon"), Objects.requireNonNull(invoice, "invoice"));
  }

  /** The macaroon; without the preimage it opens nothing. */
  public Macaroon macaroon() {
    return macaroon;
  }

  /** The macaroon in padded standard base64. */
  public String macaroonBase64() {
    throw new IllegalStateException("placeholder");
  }

  /** The invoice. */
  public Bolt11 invoice() {
    return invoice;
  }

  /** The name of the first service the token is sold for. */
  public Optional<String> serviceName() {
    throw new IllegalStateException("placeholder");
  }

  /**
   * The values of the {@code WWW-Authenticate} fields, in the order in which they must stand.
   * Together they stay within 6,000 bytes: first {@code version} and {@code token} go, then the
   * LSAT field.
   *
   * @param format what to leave out
   * @param reason why a credential was refused, if one was
   * @return one or two values; empty if even one does not fit
   */
  public List<String> wwwAuthenticate(ChallengeFormat format, Optional<RejectionReason> reason) {
    throw new IllegalStateException("placeholder");
  }
}
