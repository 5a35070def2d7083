// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client sees of an upstream's answer. */
@Timeout(30)
class ProxyResponseTest {
  private static String answer(String request, String... lines) throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(lines);
        Gate gate = Gate.to(upstream)) {
      return gate.exchange(request + " / HTTP/1.1", "Host: x", "Connection: close");
    }
  }

  private static List<String> head(String... fields) throws Exception {
    String[] lines = new String[fields.length + 4];
    lines[0] = "HTTP/1.1 200 OK";
    System.arraycopy(fields, 0, lines, 1, fields.length);
    lines[fields.length + 1] = "Content-Length: 2";
    lines[fields.length + 2] = "";
    lines[fields.length + 3] = "ok";
    String answer = answer("GET", lines);
    return List.of(answer.substring(0, answer.indexOf("\r\n\r\n")).split("\r\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Keep-Alive: timeout=5",
        "Proxy-Authenticate: Basic realm=x",
        "Trailer: X-A",
        "Upgrade: h2c",
        "Refresh: 0; url=http://x/",
        "Alt-Svc: h3=\":443\"",
        "Proxy-Connection: keep-alive",
        "Proxy-Authentication-Info: x",
        "Proxy-Status: secret-host; error=dns_error",
        "Proxy_Authenticate: Basic realm=x",
        "TE: trailers",
        "HTTP2-Settings: AAMAAABkAAQAAP__",
      })
  void keepsToItselfWhatIsForTheNextHopOnly(String field) throws Exception {
    assertNull(RawClient.value(head(field), field.substring(0, field.indexOf(':'))));
  }

  @Test
  void keepsToItselfWhatConnectionNames() throws Exception {
    List<String> head = head("Connection: X-One", "X-One: 1", "X-Two: 2");
    assertNull(RawClient.value(head, "X-One"));
    assertEquals("2", RawClient.value(head, "X-Two"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=1; Domain=up.example; Path=/; Secure | a=1; Path=/; Secure",
        "a=1;domain=.up.example                 | a=1",
        "a=1; HttpOnly                          | a=1; HttpOnly",
        "domain=1; Path=/                       | domain=1; Path=/",
        "a=1; DOMAIN=x; Domain=y; Path=/        | a=1; Path=/",
      })
  void takesTheDomainOutOfCookies(String said, String told) throws Exception {
    assertEquals(told, RawClient.value(head("Set-Cookie: " + said), "Set-Cookie"));
  }

  @Test
  void keepsEachOfSeveralFieldsInOrder() throws Exception {
    List<String> head = head("Set-Cookie: a=1", "Set-Cookie: b=2", "X-A: 1", "X-A: 2");
    assertEquals(List.of("a=1", "b=2"), RawClient.values(head, "Set-Cookie"));
    assertEquals("1 + 2", RawClient.value(head, "X-A"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Content-Type     | text/html; charset=utf-8",
        "ETag             | W/\"x\"",
        "Content-Encoding | gzip",
        "Date             | Tue, 01 Jan 2030 00:00:00 GMT",
        "Server           | upstream/1",
        "WWW-Authenticate | Basic realm=x",
        "Cache-Control    | max-age=60",
        "X-Latin          | caf\u00e9",
      })
  void passesEverythingElseAsItIs(String name, String value) throws Exception {
    String told = RawClient.value(head(name + ": " + value), name);
    assertEquals(value.replace("; ", ";"), told.replace("; ", ";"));
  }

  @Test
  void namesItselfInVia() throws Exception {
    assertTrue(RawClient.value(head("Via: 1.1 up"), "Via").startsWith("1.1 up + 1.1 l402-"));
  }

  @Test
  void relaysStatusesAsTheyAre() throws Exception {
    for (String status : List.of("206 Partial Content", "416 x", "401 x", "404 x", "500 x")) {
      String answer = answer("GET", "HTTP/1.1 " + status, "Content-Length: 2", "", "ok");
      assertTrue(answer.startsWith("HTTP/1.1 " + status.substring(0, 3) + " "), answer);
      assertTrue(answer.endsWith("\r\n\r\nok"), answer);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 407, 302, 417})
  void relaysAlsoThoseThatAClientWouldActUpon(int status) throws Exception {
    String body = "x".repeat(100_000);
    String answer =
        answer(
            "GET",
            "HTTP/1.1 " + status + " x",
            "WWW-Authenticate: Basic realm=x",
            "Location: /x",
            "Content-Length: " + body.length(),
            "",
            body);
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer.substring(0, 100));
    assertTrue(answer.endsWith("\r\n\r\n" + body));
  }

  @Test
  void keepsNoCookieOfOneClientForTheNext() throws Exception {
    try (RawUpstream upstream =
            RawUpstream.answering(
                "HTTP/1.1 200 OK", "Set-Cookie: a=1; Path=/", "Content-Length: 2", "", "ok");
        Gate gate = Gate.to(upstream)) {
      assertNull(RawClient.value(gate.seen(upstream, "/"), "Cookie"));
      assertNull(RawClient.value(gate.seen(upstream, "/"), "Cookie"));
    }
  }

  @Test
  void relaysAnswersWithoutBody() throws Exception {
    String none = answer("GET", "HTTP/1.1 204 No Content", "", "");
    assertTrue(none.startsWith("HTTP/1.1 204 ") && none.endsWith("\r\n\r\n"), none);
    String same = answer("GET", "HTTP/1.1 304 Not Modified", "ETag: \"x\"", "", "");
    assertTrue(same.startsWith("HTTP/1.1 304 ") && same.endsWith("\r\n\r\n"), same);
    String head = answer("HEAD", "HTTP/1.1 200 OK", "Content-Length: 1234", "", "");
    assertTrue(head.contains("\r\nContent-Length: 1234\r\n"), head);
    assertTrue(head.endsWith("\r\n\r\n"), head);
    String untold = answer("HEAD", "HTTP/1.1 200 OK", "", "");
    assertFalse(untold.contains("Content-Length"), untold);
  }

  @ParameterizedTest
  @ValueSource(strings = {"100 Continue", "102 Processing", "103 Early Hints"})
  void swallowsInterimAnswers(String interim) throws Exception {
    String answer =
        answer(
            "GET",
            "HTTP/1.1 " + interim,
            "Link: </x>",
            "",
            "HTTP/1.1 200 OK",
            "Content-Length: 2",
            "",
            "ok");
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    assertTrue(answer.endsWith("\r\n\r\nok"), answer);
  }

  @Test
  void answers502ToAHeadThatIsTooLarge() throws Exception {
    String[] lines = new String[8];
    java.util.Arrays.fill(lines, "X-Big: " + "x".repeat(10_000));
    lines[0] = "HTTP/1.1 200 OK";
    lines[5] = "Content-Length: 0";
    lines[6] = "";
    lines[7] = "";
    assertTrue(answer("GET", lines).startsWith("HTTP/1.1 200 "));
    String[] larger = new String[10];
    java.util.Arrays.fill(larger, "X-Big: " + "x".repeat(10_000));
    larger[0] = "HTTP/1.1 200 OK";
    larger[8] = "";
    larger[9] = "";
    assertTrue(answer("GET", larger).startsWith("HTTP/1.1 502 "));
  }

  @Test
  void passesTrailersToAClientThatReadsThem() throws Exception {
    try (RawUpstream upstream =
            RawUpstream.answering(
                "HTTP/1.1 200 OK",
                "Transfer-Encoding: chunked",
                "",
                "2",
                "ok",
                "0",
                "X-Sum: 7",
                "Content-Length: 9",
                "",
                "");
        Gate gate = Gate.to(upstream)) {
      String read = gate.get("/", "Connection: TE", "TE: trailers");
      assertTrue(read.endsWith("0\r\nX-Sum: 7\r\n\r\n") || read.contains("x-sum: 7"), read);
      assertFalse(read.contains("ength: 9"), read);
      assertFalse(gate.get("/").contains("7\r\n\r\n"));
    }
  }

  /** How many gets it takes is open: one may come on a connection of its own. */
  @Test
  void repeatsAGetOnceWhenAKeptConnectionWasClosed() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    AtomicBoolean refused = new AtomicBoolean();
    try (RawUpstream upstream = RawUpstream.of(peer -> refuseOneOfTwo(peer, asked, refused));
        Gate gate = Gate.to(upstream)) {
      int gets = 0;
      while (!refused.get()) {
        assertTrue(gate.get("/").startsWith("HTTP/1.1 200 "));
        gets++;
      }
      assertEquals(gets + 1, asked.get());
    }
  }

  /** Answers, but takes the first request on a used connection and closes that. */
  private static void refuseOneOfTwo(
      RawUpstream.Peer peer, AtomicInteger asked, AtomicBoolean refused) throws IOException {
    peer.readRequest();
    asked.incrementAndGet();
    do {
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      peer.readRequest();
      asked.incrementAndGet();
    } while (!refused.compareAndSet(false, true));
  }
}
