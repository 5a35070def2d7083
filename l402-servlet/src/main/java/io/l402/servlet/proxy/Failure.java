// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

/** Why there is no answer of the upstream, and what the client is told in place of it. */
enum Failure {
  /** The request cannot be forwarded as it stands. */
  BAD_REQUEST(400, 3, "malformed request"),
  /** No service with an address takes it. */
  NOT_FOUND(404, 5, "not found"),
  /** The client stopped sending in the middle of its body. */
  SLOW_CLIENT(408, 4, "request timeout"),
  /** It expects something else than to be told to go on. */
  EXPECTATION(417, 3, "expectation failed"),
  /** Too many or too long header fields. */
  FIELDS_TOO_LARGE(431, 8, "header fields too large"),
  /** An upgrade that the service does not allow, or the container cannot do. */
  NOT_IMPLEMENTED(501, 12, "not implemented"),
  /** The upstream refused, broke off or made no sense. */
  BAD_GATEWAY(502, 14, "upstream unavailable"),
  /** The filter did not decide on the request, so nobody may see what is behind it. */
  NO_DECISION(503, 14, "unavailable"),
  /** The upstream did not answer in time. */
  SLOW_UPSTREAM(504, 14, "upstream timeout"),
  /** The request came through here before. */
  LOOP(508, 14, "loop detected");

  private final int status;
  private final int grpcStatus;
  private final String message;

  Failure(int status, int grpcStatus, String message) {
    this.status = status;
    this.grpcStatus = grpcStatus;
    this.message = message;
  }

  /** The HTTP status. */
  int status() {
    return status;
  }

  /** The gRPC status. */
  int grpcStatus() {
    return grpcStatus;
  }

  /** Whether it is the client's, in the middle of its request or the answer. */
  boolean isClients() {
    return this == BAD_REQUEST || this == SLOW_CLIENT;
  }

  /** Whether it is the upstream's. */
  boolean isUpstreams() {
    return this == BAD_GATEWAY || this == SLOW_UPSTREAM;
  }

  /** The fixed text; says nothing of what is behind. */
  String message() {
    return message;
  }
}
