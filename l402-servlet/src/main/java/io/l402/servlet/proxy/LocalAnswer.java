// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import io.l402.servlet.GrpcKind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Answers in place of the upstream: fixed texts, over gRPC in the form its clients read. */
final class LocalAnswer {
  /** What would have been decided on a service that is only tried out: true of every answer. */
  private static final String DRY_RUN = "X-L402-Dry-Run";

  private LocalAnswer() {}

  /** Writes it; afterwards nothing may be written any more. */
  static void write(HttpServletRequest request, HttpServletResponse response, Failure failure)
      throws IOException {
    Optional<String> dryRun = Optional.ofNullable(response.getHeader(DRY_RUN));
    response.reset();
    dryRun.ifPresent(said -> response.setHeader(DRY_RUN, said));
    response.setHeader("Cache-Control", "no-store");
    GrpcKind grpc = GrpcKind.of(request);
    if (grpc == GrpcKind.NONE) {
      writeHttp(request, response, failure);
    } else {
      writeGrpc(grpc, response, failure);
      flush(grpc, Container.of(request.getServletContext()), response);
    }
  }

  private static void writeHttp(
      HttpServletRequest request, HttpServletResponse response, Failure failure)
      throws IOException {
    byte[] body = (failure.message() + "\n").getBytes(StandardCharsets.US_ASCII);
    response.setStatus(failure.status());
    response.setContentType("text/plain;charset=utf-8");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentLength(body.length);
    if (!"HEAD".equals(request.getMethod())) {
      response.getOutputStream().write(body);
    }
  }

  /** Header fields and, where there are any, trailers: both kinds of clients read it. */
  private static void writeGrpc(GrpcKind grpc, HttpServletResponse response, Failure failure) {
    Map<String, String> status = status(failure);
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType(grpc.mediaType());
    status.forEach(response::setHeader);
    if (grpc == GrpcKind.TRAILERS) {
      response.setTrailerFields(() -> status);
    }
  }

  private static void flush(GrpcKind grpc, Container container, HttpServletResponse response)
      throws IOException {
    if (grpc == GrpcKind.TRAILERS && container.flushesHeadBeforeTrailers()) {
      response.flushBuffer();
    }
  }

  /** The gRPC trailers that say so. */
  static Map<String, String> status(Failure failure) {
    Map<String, String> status = new LinkedHashMap<>();
    status.put("grpc-status", Integer.toString(failure.grpcStatus()));
    status.put("grpc-message", failure.message());
    return status;
  }
}
