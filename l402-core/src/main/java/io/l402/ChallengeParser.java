// SPDX-License-Identifier: Apache-2.0
package io.l402;

import io.l402.bolt11.Bolt11;
import io.l402.bolt11.MalformedInvoiceException;
import io.l402.macaroon.Macaroon;
import io.l402.macaroon.MalformedMacaroonException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The client's side of the challenge grammar, RFC 9110 section 11.6.1: a list of challenges, each a
 * scheme and parameters, across fields and within them.
 */
final class ChallengeParser {
  private static final int MAX_LENGTH = 32_768;

  private final String text;
  private int position;

  private ChallengeParser(String text) {
    this.text = text;
  }

  static Optional<L402Challenge> parse(List<String> fields) {
    for (String field : fields) {
      if (field.length() > MAX_LENGTH) {
        throw new MalformedCredentialException(
            "challenge: found " + field.length() + " characters, expected at most " + MAX_LENGTH);
      }
      Optional<L402Challenge> found = new ChallengeParser(field).firstOfOurs();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<L402Challenge> firstOfOurs() {
    skipSeparators();
    while (position < text.length()) {
      String scheme = token().toLowerCase(Locale.ROOT);
      if (scheme.isEmpty()) {
        skipStray();
      } else if (scheme.equals("l402") || scheme.equals("lsat")) {
        return Optional.of(build(parameters()));
      }
      skipSeparators();
      skipForeignParameters();
    }
    return Optional.empty();
  }

  /** What no scheme begins with; whole, if it is a quoted string. */
  private void skipStray() {
    if (text.charAt(position) == '"') {
      quoted();
    } else {
      position++;
    }
  }

  /** Parameters of other schemes, so that nothing inside their quotes is taken for ours. */
  private void skipForeignParameters() {
    while (position < text.length()) {
      int start = position;
      String word = token();
      skipBlanks();
      if (word.isEmpty() || position >= text.length() || text.charAt(position) != '=') {
        position = start;
        return;
      }
      position++;
      skipBlanks();
      value();
      skipSeparators();
    }
  }

  private Map<String, String> parameters() {
    Map<String, String> parameters = new HashMap<>();
    skipSeparators();
    while (position < text.length()) {
      int start = position;
      String name = token().toLowerCase(Locale.ROOT);
      skipBlanks();
      if (name.isEmpty() || position >= text.length() || text.charAt(position) != '=') {
        position = start;
        return parameters;
      }
      position++;
      skipBlanks();
      parameters.putIfAbsent(name, value());
      skipSeparators();
    }
    return parameters;
  }

  private static L402Challenge build(Map<String, String> parameters) {
    String macaroon = parameters.getOrDefault("macaroon", parameters.get("token"));
    String invoice = parameters.get("invoice");
    if (macaroon == null || invoice == null) {
      throw new MalformedCredentialException("challenge: expected a macaroon and an invoice");
    }
    byte[] bytes =
        Base64Text.decode(macaroon)
            .orElseThrow(
                () -> new MalformedCredentialException("challenge: the macaroon is not base64"));
    try {
      return L402Challenge.of(Macaroon.of(bytes), Bolt11.decode(invoice));
    } catch (MalformedMacaroonException | MalformedInvoiceException e) {
      throw new MalformedCredentialException("challenge: " + e.getMessage(), e);
    }
  }

  private String token() {
    int start = position;
    while (position < text.length() && isTokenCharacter(text.charAt(position))) {
      position++;
    }
    return text.substring(start, position);
  }

  /** A quoted string, or whatever stands up to the next comma or blank. */
  private String value() {
    if (position < text.length() && text.charAt(position) == '"') {
      return quoted();
    }
    int start = position;
    while (position < text.length() && ", \t".indexOf(text.charAt(position)) < 0) {
      position++;
    }
    return text.substring(start, position);
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    position++;
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c == '"') {
        return value.toString();
      }
      if (c == '\\' && position < text.length()) {
        c = text.charAt(position++);
      }
      value.append(c);
    }
    throw new MalformedCredentialException("challenge: a quoted string does not end");
  }

  private void skipBlanks() {
    while (position < text.length() && " \t".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private void skipSeparators() {
    while (position < text.length() && ", \t".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private static boolean isTokenCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }
}
