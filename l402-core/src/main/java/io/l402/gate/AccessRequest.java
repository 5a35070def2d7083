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
 * @param method the method, in upper case
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

  /** Checks that everything is there. */
  public AccessRequest {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(client, "client");
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path: a canonical path begins with /");
    }
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
