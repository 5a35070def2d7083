// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrpcKindTest {
  @ParameterizedTest
  @CsvSource({
    "application/grpc, HTTP/2.0, TRAILERS",
    "application/grpc+proto, HTTP/2.0, TRAILERS",
    "application/grpc;charset=x, HTTP/2, TRAILERS",
    "Application/GRPC, HTTP/2.0, TRAILERS",
    "application/grpc, HTTP/1.1, HEADERS",
    "application/grpc+proto, HTTP/1.0, HEADERS",
    "application/grpc-web, HTTP/2.0, WEB",
    "application/grpc-web+proto, HTTP/1.1, WEB",
    "application/grpc-web-text, HTTP/2.0, WEB_TEXT",
    "application/grpc-web-text+proto, HTTP/1.1, WEB_TEXT",
    "application/grpcx, HTTP/2.0, NONE",
    "application/grpc-webb, HTTP/2.0, NONE",
    "application/grp, HTTP/2.0, NONE",
    "text/plain, HTTP/2.0, NONE",
  })
  void isToldByTypeAndVersion(String type, String protocol, GrpcKind expected) {
    assertEquals(expected, GrpcKind.of(Requests.of("POST", protocol, "Content-Type: " + type)));
  }

  @Test
  void isNothingWithoutAType() {
    assertEquals(GrpcKind.NONE, GrpcKind.of(Requests.get()));
  }
}
