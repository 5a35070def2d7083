// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestMethodsTest {
  private final RequestMethods methods = new RequestMethods(List.of("PROPFIND", "GET"));

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"})
  void allowsTheStandardAndTheConfiguredOnes(String method) {
    assertEquals(RequestMethods.Verdict.ALLOWED, methods.judge(method));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "TRACK", "CONNECT", "get", "GeT", "JEFF", "MKCOL", "*", "G'T"})
  void doesNotAllowOtherTokens(String method) {
    assertEquals(RequestMethods.Verdict.NOT_ALLOWED, methods.judge(method));
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "GET /paid HTTP/1.1",
        "GET ",
        "GE\tT",
        "GET\u0000",
        "GET\r\nX: y",
        "GÉT",
        "G(T)",
        "GET,POST",
        "AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDD"
      })
  void callsAnythingElseMalformed(String method) {
    assertEquals(RequestMethods.Verdict.MALFORMED, methods.judge(method));
  }

  @Test
  void listsEachAllowedMethodOnce() {
    assertEquals("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, PROPFIND", methods.allow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "TRACK", "CONNECT", "propfind", "A B", ""})
  void cannotBeConfiguredToAllowTheseAtAll(String method) {
    List<String> more = List.of(method);
    assertThrows(IllegalArgumentException.class, () -> new RequestMethods(more));
  }
}
