// SPDX-License-Identifier: Apache-2.0
package io.l402.grpc;

import io.l402.gate.AccessRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A request as a price server is told it: the request line and the header fields, as they stand in
 * HTTP/1.1. Without the query and the body, and without fields that may hold a secret: whoever has
 * the log of the price server must not be able to use it.
 */
final class RequestText {
  /** The longest text, in bytes of UTF-8. */
  static final int MAX_BYTES = 8_192;

  private static final String END = "\r\n";
  private static final String PLAIN = "/-._~!$&'()*+,;=:@";

  /** Rather one field too many than a credential under a name that was not thought of. */
  private static final Pattern SECRET =
      Pattern.compile(
          "authori[sz]ation|authentication-info|cookie|macaroon|token|secret|password|passwd"
              + "|credential|api-?key|session|signature|jwt|preimage|client-cert"
              + "|^grpc-metadata-|^x-auth-|-auth$|^dpop$");

  private final StringBuilder text = new StringBuilder();
  private int bytes = END.length();

  private RequestText() {}

  /**
   * The text; a field that does not fit any more is left out, and there is none if the path alone
   * does not fit.
   */
  static String of(AccessRequest request) {
    RequestText text = new RequestText();
    if (!text.addIfFits(request.method() + " " + encoded(request.path()) + " HTTP/1.1")) {
      return "";
    }
    for (String name : request.headers().names()) {
      if (!isSecret(name)) {
        request.headers().values(name).forEach(value -> text.addIfFits(name + ": " + value));
      }
    }
    return text.text.append(END).toString();
  }

  /** Whether a field of this name may hold a credential. */
  static boolean isSecret(String name) {
    return SECRET.matcher(name.toLowerCase(Locale.ROOT)).find();
  }

  private boolean addIfFits(String line) {
    String clean = line.replaceAll("[\\p{Cntrl}\\ud800-\\udfff]", " ");
    int length = clean.getBytes(StandardCharsets.UTF_8).length + END.length();
    boolean fits = bytes + length <= MAX_BYTES;
    if (fits) {
      bytes += length;
      text.append(clean).append(END);
    }
    return fits;
  }

  /** A canonical path is decoded; on a request line it must not be. */
  private static String encoded(String path) {
    StringBuilder encoded = new StringBuilder(path.length());
    for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (letter || PLAIN.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append(String.format("%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }
}
