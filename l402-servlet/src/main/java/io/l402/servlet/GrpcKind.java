// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import jakarta.servlet.http.HttpServletRequest;

/** Whether a request is gRPC, and how its client wants to hear of an error. */
public enum GrpcKind {
  /** Not gRPC. */
  NONE(""),
  /** gRPC over HTTP/2: header fields and trailers. */
  TRAILERS("application/grpc"),
  /** gRPC over something else, where there are no trailers: header fields only. */
  HEADERS("application/grpc"),
  /** gRPC-Web: header fields only, over any version of HTTP. */
  WEB("application/grpc-web"),
  /** The same in base64. */
  WEB_TEXT("application/grpc-web-text");

  private final String mediaType;

  GrpcKind(String mediaType) {
    this.mediaType = mediaType;
  }

  /** The kind of a request, by its Content-Type and the version of HTTP. */
  public static GrpcKind of(HttpServletRequest request) {
    String type = request.getContentType();
    if (type == null || !isType(type, HEADERS.mediaType, true)) {
      return NONE;
    }
    if (isType(type, WEB_TEXT.mediaType, false)) {
      return WEB_TEXT;
    }
    if (isType(type, WEB.mediaType, false)) {
      return WEB;
    }
    if (!isType(type, HEADERS.mediaType, false)) {
      return NONE;
    }
    return request.getProtocol().startsWith("HTTP/2") ? TRAILERS : HEADERS;
  }

  /** The type itself, with a suffix, or with parameters; in {@code family} with anything behind. */
  private static boolean isType(String value, String type, boolean family) {
    if (!value.regionMatches(true, 0, type, 0, type.length())) {
      return false;
    }
    return family
        || value.length() == type.length()
        || "+; ".indexOf(value.charAt(type.length())) >= 0;
  }

  /** The Content-Type of an answer. */
  public String mediaType() {
    return mediaType;
  }
}
