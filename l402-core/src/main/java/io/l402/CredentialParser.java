// SPDX-License-Identifier: Apache-2.0
package io.l402;

import io.l402.macaroon.Macaroon;
import io.l402.macaroon.MacaroonFormat;
import io.l402.macaroon.MalformedMacaroonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The grammar of credentials in requests. Everything is bounded before it is decoded. */
final class CredentialParser {
  private static final String AUTHORIZATION = "Authorization";
  private static final int PREIMAGE_HEX_LENGTH = 2 * Preimage.LENGTH;

  /** Fields that may carry a macaroon in hex; lnd's and applications' own travel there too. */
  private static final List<String> HEX_FIELDS =
      List.of("Grpc-Metadata-Macaroon", "Macaroon", "Token", "Grpc-Metadata-Token");

  private CredentialParser() {}

  static Optional<L402Credential> parse(RequestHeaders headers) {
    List<L402Credential> found = new ArrayList<>(2);
    for (String value : headers.values(AUTHORIZATION)) {
      parseAuthorization(value, found);
    }
    for (String field : HEX_FIELDS) {
      for (String value : headers.values(field)) {
        parseHex(value).ifPresent(found::add);
      }
    }
    for (L402Credential other : found) {
      if (!other.sameTokenAs(found.get(0))) {
        throw new MalformedCredentialException("credential: the request carries two that differ");
      }
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
  }

  /** Whether {@link #parse} would find anything in this field, or refuse it. */
  static boolean isCredential(String name, String value) {
    if (name.equalsIgnoreCase(AUTHORIZATION)) {
      return findScheme(value, 0, value.indexOf('"') >= 0) >= 0;
    }
    try {
      return isHexField(name) && parseHex(value).isPresent();
    } catch (MalformedCredentialException e) {
      return true;
    }
  }

  private static boolean isHexField(String name) {
    for (String field : HEX_FIELDS) {
      if (field.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Finds our credentials among the comma-separated parts of an {@code Authorization} value. A
   * comma also separates the macaroons of one credential: it goes on until a part holds the colon
   * before the preimage.
   */
  static void parseAuthorization(String value, List<L402Credential> found) {
    boolean quotes = value.indexOf('"') >= 0;
    int token = findScheme(value, 0, quotes);
    while (token >= 0) {
      int end = endOfCredential(value, token, endOfPart(value, token, quotes));
      if (found.size() >= L402Credential.MAX_MACAROONS) {
        throw new MalformedCredentialException("credential: the request carries too many");
      }
      found.add(parseToken(value, skipBlanks(value, token, end), trimEnd(value, token, end)));
      token = findScheme(value, end + 1, quotes);
    }
  }

  /** Where the scheme ends of the next part that has ours; -1 if none has. */
  private static int findScheme(String value, int from, boolean quotes) {
    int position = from;
    while (position < value.length()) {
      int end = endOfPart(value, position, quotes);
      int token = endOfScheme(value, skipBlanks(value, position, end), end);
      if (token >= 0) {
        return token;
      }
      position = end + 1;
    }
    return -1;
  }

  /** The next comma outside quotes, or the end. */
  private static int endOfPart(String value, int start, boolean quotes) {
    if (!quotes) {
      int comma = value.indexOf(',', start);
      return comma < 0 ? value.length() : comma;
    }
    boolean quoted = false;
    for (int i = start; i < value.length(); i++) {
      char c = value.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        return i;
      }
    }
    return value.length();
  }

  private static int endOfCredential(String value, int start, int firstEnd) {
    int colon = value.indexOf(':', start);
    int end = firstEnd;
    while (end < value.length() && colon > end) {
      int comma = value.indexOf(',', end + 1);
      end = comma < 0 ? value.length() : comma;
    }
    return end;
  }

  /** Where the scheme ends if it is ours and something follows; -1 if it is another's. */
  private static int endOfScheme(String value, int start, int end) {
    int after = start + 4;
    boolean ours = isScheme(value, start, end, "l402") || isScheme(value, start, end, "lsat");
    if (!ours || (after < end && !isBlank(value.charAt(after)))) {
      return -1;
    }
    return after;
  }

  /** ASCII only: to {@link String#equalsIgnoreCase} a long s is an s. */
  private static boolean isScheme(String value, int start, int end, String scheme) {
    if (end - start < scheme.length()) {
      return false;
    }
    for (int i = 0; i < scheme.length(); i++) {
      char c = value.charAt(start + i);
      char lower = c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
      if (lower != scheme.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static L402Credential parseToken(String value, int start, int end) {
    if (end - start > L402Credential.MAX_LENGTH) {
      throw new MalformedCredentialException(
          "credential: found " + (end - start) + " characters, expected at most 8192");
    }
    int colon = end - PREIMAGE_HEX_LENGTH - 1;
    if (colon < start || value.charAt(colon) != ':') {
      throw new MalformedCredentialException(
          "credential: expected macaroons, a colon and 64 hex digits");
    }
    return L402Credential.of(
        parseMacaroons(value, start, colon), parsePreimage(value, colon + 1, end));
  }

  private static Preimage parsePreimage(String value, int start, int end) {
    try {
      return Preimage.ofHex(value.substring(start, end));
    } catch (IllegalArgumentException e) {
      throw new MalformedCredentialException("credential: the preimage is not 64 hex digits");
    }
  }

  private static List<Macaroon> parseMacaroons(String value, int start, int end) {
    List<Macaroon> macaroons = new ArrayList<>(1);
    int position = start;
    while (position <= end) {
      int comma = value.indexOf(',', position);
      int stop = comma < 0 || comma > end ? end : comma;
      if (macaroons.size() == L402Credential.MAX_MACAROONS) {
        throw new MalformedCredentialException("credential: more than 4 macaroons");
      }
      macaroons.add(parseMacaroon(value.substring(position, stop)));
      position = stop + 1;
    }
    return macaroons;
  }

  private static Macaroon parseMacaroon(String base64) {
    byte[] bytes =
        Base64Text.decode(base64)
            .orElseThrow(
                () -> new MalformedCredentialException("credential: a macaroon is not base64"));
    try {
      return Macaroon.of(bytes);
    } catch (MalformedMacaroonException e) {
      throw new MalformedCredentialException("credential: a macaroon is malformed", e);
    }
  }

  /** A macaroon in hex that is a credential of ours; empty if it is somebody else's business. */
  private static Optional<L402Credential> parseHex(String value) {
    String hex = value.strip();
    if (hex.isEmpty() || hex.length() % 2 != 0 || hex.length() > L402Credential.MAX_LENGTH) {
      return Optional.empty();
    }
    Macaroon macaroon;
    List<Preimage> preimages;
    try {
      macaroon = MacaroonFormat.V2.decode(Hex.decode("macaroon", hex, hex.length() / 2));
      L402Identifier.of(macaroon.identifier());
      preimages = PreimageCaveats.in(macaroon);
    } catch (L402Exception | IllegalArgumentException e) {
      return Optional.empty();
    }
    // From here on it is ours: what is wrong with it is refused and not overlooked.
    return preimages.size() == 1
        ? Optional.of(L402Credential.of(List.of(macaroon), preimages.get(0)))
        : Optional.empty();
  }

  private static int skipBlanks(String value, int start, int end) {
    int i = start;
    while (i < end && isBlank(value.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int trimEnd(String value, int start, int end) {
    int i = end;
    while (i > start && isBlank(value.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
