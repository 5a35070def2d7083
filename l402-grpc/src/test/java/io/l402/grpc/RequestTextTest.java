// SPDX-License-Identifier: Apache-2.0
package io.l402.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTextTest {
  private static String text(String path, String... fields) {
    return RequestText.of(TestHeaders.request("POST", path, fields));
  }

  @Test
  void isTheRequestLineAndTheFieldsAsInHttp() {
    assertEquals(
        "POST /v1/a HTTP/1.1\r\nHost: shop.example\r\nAccept: */*\r\n\r\n",
        text("/v1/a", "Host", "shop.example", "Accept", "*/*"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "authorization",
        "Proxy-Authorization",
        "Cookie",
        "Macaroon",
        "Token",
        "Grpc-Metadata-Macaroon",
        "Grpc-Metadata-Token",
        "Grpc-Metadata-Anything",
        "X-Api-Key",
        "Api-Key",
        "X-Auth-Token",
        "X-Auth-User",
        "X-CSRF-Token",
        "X-Amz-Security-Token",
        "X-Forwarded-Client-Cert",
        "X-Session-Id",
        "DPoP"
      })
  void hasNoFieldThatMayHoldACredential(String name) {
    String text = text("/", "Host", "a", name, "s3cret");
    assertFalse(text.contains("s3cret"), text);
    assertFalse(text.contains(name), text);
  }

  @Test
  void leavesOutWhatDoesNotFit() {
    String text = text("/", "Big", "x".repeat(9_000), "Host", "a", "Also", "é".repeat(4_090));
    assertEquals("POST / HTTP/1.1\r\nHost: a\r\n\r\n", text);
    String full = text("/" + "é".repeat(1_200), "A", "x".repeat(300), "B", "y".repeat(100));
    int length = full.getBytes(StandardCharsets.UTF_8).length;
    assertTrue(length <= RequestText.MAX_BYTES && full.contains("B: y"), "length " + length);
    assertEquals("", text("/" + "é".repeat(1_400), "Host", "a"));
  }

  @Test
  void encodesWhatADecodedPathMayHold() {
    assertTrue(text("/a b?c#d%é\"").startsWith("POST /a%20b%3Fc%23d%25%C3%A9%22 HTTP/1.1\r\n"));
  }

  @Test
  void hasNoLinesOfTheClientsOwn() {
    String text = text("/", "Note", "a\r\nHost: evil\u0000\ud800");
    assertEquals("POST / HTTP/1.1\r\nNote: a  Host: evil  \r\n\r\n", text);
  }
}
