// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import io.l402.RequestHeaders;
import java.net.InetAddress;
import java.util.Objects;

/**
 * A request for a service, as the gate sees it: no servlet, no gRPC.
 *
 * <p>Whoever makes one has already refused what is malformed, made the path canonical and found the
 * service. Immutable and safe for use by many threads if its headers are.
 *
 * @param service the service asked for
 * @param method the method: 1 to 32 characters of a token of RFC 9110, none of them in lower case;
 *     it goes into caveats
 * @param path the canonical path, beginning with {@code /}, never with the query
 * @param headers the header fields; only credentials and prices are read from them
 * @param client the client's address, past trusted proxies
 * @param whitelisted whether the service's configuration lets this path pass unpaid
 * @param skipInvoice whether a refusal of this path is to be a 401 without a challenge
 */
public record AccessRequest(
    ServicePolicy service,
    String method,
    String path,
    RequestHeaders headers,
    InetAddress client,
    boolean whitelisted,
    boolean skipInvoice) {

  /** The longest method there may be, in characters. */
  static final int MAX_METHOD_LENGTH = 32;

  private static final String METHOD_CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_!#$%&'*+.^`|~";

  /**
   * Checks that everything is there.
   *
   * @throws IllegalArgumentException if the path does not begin with {@code /} or the method is
   *     none
   */
  public AccessRequest {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(client, "client");
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path: a canonical path begins with /");
    }
    if (!isMethod(method)) {
      throw new IllegalArgumentException("method: expected a token in upper case");
    }
  }

  private static boolean isMethod(String method) {
    for (int i = 0; i < method.length(); i++) {
      if (METHOD_CHARACTERS.indexOf(method.charAt(i)) < 0) {
        return false;
      }
    }
    return !method.isEmpty() && method.length() <= MAX_METHOD_LENGTH;
  }

  /** A request that is neither whitelisted nor on a path without invoices. */
  public static AccessRequest of(
      ServicePolicy service,
      String method,
      String path,
      RequestHeaders headers,
      InetAddress client) {
    return new AccessRequest(service, method, path, headers, client, false, false);
  }

  /** Says what is asked for, not by whom: header values may be secrets. */
  @Override
  public String toString() {
    return "AccessRequest[" + service.name() + ", " + method + "]";
  }
}
