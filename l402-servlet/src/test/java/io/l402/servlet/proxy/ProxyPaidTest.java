// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What payment changes about an answer, and what it does not. */
@Timeout(30)
class ProxyPaidTest {
  private static List<String> head(String answer) {
    return List.of(answer.substring(0, answer.indexOf("\r\n\r\n")).split("\r\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-None: 1                                   | private",
        "Cache-Control: public, max-age=60           | max-age=60, private",
        "Cache-Control: max-age=60, s-maxage=600     | max-age=60, private",
        "Cache-Control: private, max-age=60          | private, max-age=60",
        "Cache-Control: no-store                     | no-store",
      })
  void keepsPaidAnswersOutOfSharedCaches(String said, String told) throws Exception {
    try (RawUpstream upstream =
            RawUpstream.answering(
                "HTTP/1.1 200 OK", said, "Vary: Accept", "Content-Length: 2", "", "ok");
        PaidGate paid = PaidGate.to(upstream)) {
      List<String> head = head(paid.gate.get("/", paid.token()));
      assertEquals("HTTP/1.1 200 OK", head.get(0));
      assertEquals(told, RawClient.value(head, "Cache-Control"));
      assertTrue(RawClient.value(head, "Vary").startsWith("Accept, Authorization"), head::toString);
    }
  }

  @Test
  void hasNoneOfAnUpstreamsOwnBillsKept() throws Exception {
    try (RawUpstream upstream =
            RawUpstream.answering(
                "HTTP/1.1 402 Payment Required",
                "Age: 60",
                "Cache-Control: public, max-age=600",
                "Expires: Tue, 01 Jan 2030 00:00:00 GMT",
                "Last-Modified: Tue, 01 Jan 2020 00:00:00 GMT",
                "ETag: \"x\"",
                "WWW-Authenticate: Other x=\"y\"",
                "Content-Length: 2",
                "",
                "no");
        PaidGate paid = PaidGate.to(upstream);
        Gate free = Gate.to(upstream)) {
      for (String answer : List.of(paid.gate.get("/", paid.token()), free.get("/"))) {
        List<String> head = head(answer);
        assertTrue(head.get(0).startsWith("HTTP/1.1 402 "), answer);
        assertEquals("no-store", RawClient.value(head, "Cache-Control"));
        assertNull(RawClient.value(head, "Age"));
        assertNull(RawClient.value(head, "Expires"));
        assertNull(RawClient.value(head, "Last-Modified"));
        assertNull(RawClient.value(head, "ETag"));
        assertEquals("Other x=\"y\"", RawClient.value(head, "WWW-Authenticate"));
        assertTrue(answer.endsWith("\r\n\r\nno"), answer);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Range: bytes=0-5",
        "If-None-Match: *",
        "If-Modified-Since: Tue, 01 Jan 2030 00:00:00 GMT",
        "If-Match: \"x\""
      })
  void asksForAllOfThePriceWhateverPartIsWanted(String condition) throws Exception {
    try (RawUpstream upstream = RawUpstream.answering("HTTP/1.1 206 Partial", "", "");
        PaidGate paid = PaidGate.to(upstream)) {
      List<String> head = head(paid.gate.get("/", condition));
      assertTrue(head.get(0).startsWith("HTTP/1.1 402 "), head::toString);
      assertEquals("no-store", RawClient.value(head, "Cache-Control"));
      assertNull(RawClient.value(head, "Content-Range"));
      assertNull(RawClient.value(head, "ETag"));
      assertTrue(upstream.isUntouched());
    }
  }

  @Test
  void countsEachPartAsARequest() throws Exception {
    try (RawUpstream upstream =
            RawUpstream.answering(
                "HTTP/1.1 206 Partial Content",
                "Content-Range: bytes 0-1/9",
                "Content-Length: 2",
                "",
                "ok");
        PaidGate paid = PaidGate.to(upstream, it -> it.set("ratelimits", "2/1h"))) {
      String token = paid.token();
      for (String range : List.of("bytes=0-1", "bytes=2-3")) {
        List<String> head = head(paid.gate.get("/", token, "Range: " + range, "If-Range: \"x\""));
        assertTrue(head.get(0).startsWith("HTTP/1.1 206 "), head::toString);
        assertEquals("bytes 0-1/9", RawClient.value(head, "Content-Range"));
        List<String> seen = upstream.head();
        assertEquals(range, RawClient.value(seen, "Range"));
        assertEquals("\"x\"", RawClient.value(seen, "If-Range"));
      }
      assertTrue(paid.gate.get("/", token, "Range: bytes=4-5").startsWith("HTTP/1.1 429 "));
    }
  }

  @Test
  void makesNoSession() throws Exception {
    try (RawUpstream upstream = RawUpstream.ok();
        PaidGate paid = PaidGate.to(upstream)) {
      assertFalse(paid.gate.get("/").contains("Set-Cookie"));
      assertFalse(paid.gate.get("/", paid.token()).contains("Set-Cookie"));
    }
  }
}
