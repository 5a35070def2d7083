// SPDX-License-Identifier: Apache-2.0
package io.l402;

import io.l402.bolt11.Bolt11;
import io.l402.caveat.Caveat;
import io.l402.caveat.ServicesCaveat;
import io.l402.macaroon.Macaroon;
import io.l402.macaroon.MacaroonCaveat;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a client is asked to pay: a macaroon and the invoice whose preimage makes it a token.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @see <a
 *     href="https://github.com/lightninglabs/L402/blob/master/protocol-specification.md">protocol-specification.md</a>
 */
public final class L402Challenge {
  /** What all challenge fields of an answer may come to, in bytes: containers allow about 8 KiB. */
  public static final int MAX_HEADER_BYTES = 6_000;

  private final Macaroon macaroon;
  private final Bolt11 invoice;
  private final String base64;

  private L402Challenge(Macaroon macaroon, Bolt11 invoice) {
    this.macaroon = macaroon;
    this.invoice = invoice;
    this.base64 = Base64.getEncoder().encodeToString(macaroon.toByteArray());
  }

  /**
   * A challenge of these parts.
   *
   * @throws MalformedCredentialException if the macaroon is not for this invoice
   */
  public static L402Challenge of(Macaroon macaroon, Bolt11 invoice) {
    Objects.requireNonNull(invoice, "invoice");
    L402Identifier identifier = L402Identifier.of(macaroon.identifier());
    if (!identifier.paymentHash().equals(invoice.paymentHash())) {
      throw new MalformedCredentialException(
          "challenge: the macaroon's payment hash is not the invoice's");
    }
    return new L402Challenge(macaroon, invoice);
  }

  /**
   * Reads the {@code WWW-Authenticate} fields of an answer, as a client: the first L402 or LSAT
   * challenge among them, with parameters in any order, {@code macaroon} or {@code token}, and
   * whatever other parameters and schemes stand beside.
   *
   * @return empty if there is none
   * @throws MalformedCredentialException if there is one that is malformed, or whose macaroon is
   *     not for its invoice
   */
  public static Optional<L402Challenge> parse(List<String> wwwAuthenticate) {
    return ChallengeParser.parse(wwwAuthenticate);
  }

  /** The macaroon; without the preimage it opens nothing. */
  public Macaroon macaroon() {
    return macaroon;
  }

  /** The macaroon in padded standard base64. */
  public String macaroonBase64() {
    return base64;
  }

  /** The invoice. */
  public Bolt11 invoice() {
    return invoice;
  }

  /** The token, once it is paid for. */
  public L402Credential withPreimage(Preimage preimage) {
    return L402Credential.of(List.of(macaroon), preimage);
  }

  /** The name of the first service the token is sold for; empty if it names none. */
  public Optional<String> serviceName() {
    for (MacaroonCaveat caveat : macaroon.caveats()) {
      Optional<Caveat> read = Caveat.of(caveat.id());
      if (read.isPresent() && read.get().condition().equals(ServicesCaveat.CONDITION)) {
        String value = read.get().value();
        int colon = value.indexOf(':');
        return Optional.of(colon < 0 ? value : value.substring(0, colon));
      }
    }
    return Optional.empty();
  }

  /**
   * The values of the {@code WWW-Authenticate} fields, in the order in which they must stand.
   * Together they stay within {@link #MAX_HEADER_BYTES}: first {@code version} and {@code token}
   * go, then the LSAT field.
   *
   * @param format what to leave out
   * @param reason why a credential was refused, if one was
   * @return one or two values; empty if even one does not fit
   */
  public List<String> wwwAuthenticate(ChallengeFormat format, Optional<RejectionReason> reason) {
    String lsat = "LSAT " + offer();
    String error = reason.map(r -> ", error=\"" + r.code() + "\"").orElse("");
    String brief = "L402 " + offer() + error;
    String full = "L402 " + offer() + ", version=\"0\", token=\"" + base64 + "\"" + error;
    String l402 = format.tokenParameter() && fits(format, lsat, full) ? full : brief;
    if (fits(format, lsat, l402)) {
      return format.legacyChallenge() ? List.of(lsat, l402) : List.of(l402);
    }
    return l402.length() <= MAX_HEADER_BYTES ? List.of(l402) : List.of();
  }

  private static boolean fits(ChallengeFormat format, String lsat, String l402) {
    int legacy = format.legacyChallenge() ? lsat.length() : 0;
    return legacy + l402.length() <= MAX_HEADER_BYTES;
  }

  /** Deployed clients match exactly this, directly behind the scheme. */
  private String offer() {
    return "macaroon=\"" + base64 + "\", invoice=\"" + invoice + "\"";
  }

  @Override
  public String toString() {
    return "L402Challenge[payment hash " + invoice.paymentHash() + "]";
  }
}
