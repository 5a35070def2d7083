// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.l402.servlet.Upstream;
import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as a container that checks nothing would show them. */
class InboundTest {
  private final HttpServletRequest request = mock(HttpServletRequest.class);
  private final SessionCookieConfig session = mock(SessionCookieConfig.class);

  private Inbound inbound(String method, String... lines) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(": ");
      String name = line.substring(0, colon);
      fields.computeIfAbsent(name, it -> new ArrayList<>()).add(line.substring(colon + 2));
    }
    ServletContext context = mock(ServletContext.class);
    when(context.getSessionCookieConfig()).thenReturn(session);
    when(request.getServletContext()).thenReturn(context);
    when(request.getMethod()).thenReturn(method);
    when(request.getProtocol()).thenReturn("HTTP/1.1");
    when(request.getScheme()).thenReturn("http");
    when(request.getHeaderNames()).thenAnswer(it -> Collections.enumeration(fields.keySet()));
    when(request.getHeaders(anyString()))
        .thenAnswer(
            it ->
                Collections.enumeration(fields.getOrDefault(it.<String>getArgument(0), List.of())));
    return Inbound.of(request);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-A: a\r\nX-B: b",
        "X-A: a\nb",
        "X-A: a\u0000b",
        "X-A: a\u0001b",
        "X-A: \u010a",
        "X A: b",
        "X\tA: b",
        "(x): b",
        ": b",
        "Content-Length: 3|Transfer-Encoding: chunked",
        "Content-Length: 3|Content-Length: 4",
        "Content_Length: 3|Transfer_Encoding: chunked",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked|Transfer-Encoding: identity",
      })
  void refusesWhatOthersWouldReadAsSomethingElse(String lines) {
    RefusedException refused =
        assertThrows(RefusedException.class, () -> inbound("POST", lines.split("\\|")));
    assertEquals(Failure.BAD_REQUEST, refused.failure());
  }

  @ParameterizedTest
  @CsvSource({
    "100-continue,false",
    "100-Continue,false",
    "a-pony,true",
    "'100-continue, a-pony',true",
    "'',true"
  })
  void promisesNothingButToGoOn(String expectation, boolean more) {
    assertEquals(more, inbound("POST", "Expect: " + expectation).expectsMore());
  }

  @Test
  void promisesNothingWhereOneOfSeveralExpectationsIsAnother() {
    Inbound inbound = inbound("POST", "Expect: 100-continue", "Expect: a-pony");
    assertTrue(inbound.expectsMore());
    assertEquals(Optional.of(Failure.EXPECTATION), objection(inbound));
    assertEquals(Optional.empty(), objection(inbound("POST", "Expect: 100-continue")));
  }

  private static Optional<Failure> objection(Inbound inbound) {
    Upstream upstream =
        new Upstream(
            URI.create("http://up.example"),
            Map.of(),
            Optional.empty(),
            new Upstream.Tls(Optional.empty(), false),
            Upstream.Timeouts.DEFAULT,
            true,
            Upstream.Credential.NONE);
    return L402ProxyServlet.objection(inbound, upstream, Via.create());
  }

  @Test
  void knowsTheContainersCookieByItsConfiguredName() {
    when(session.getName()).thenReturn("SID");
    assertEquals("SID", inbound("GET").sessionCookie());
    when(session.getName()).thenReturn(null);
    assertEquals("JSESSIONID", inbound("GET").sessionCookie());
  }

  @Test
  void makesNoSession() {
    inbound("GET", "Cookie: JSESSIONID=x");
    verify(request, never()).getSession();
    verify(request, never()).getSession(anyBoolean());
  }

  @ParameterizedTest
  @CsvSource({
    "OPTIONS,0,true",
    "OPTIONS,00,true",
    "OPTIONS,1,false",
    "GET,0,false",
    "POST,0,false"
  })
  void isMeantForUsIfNobodyBehindUsMayHaveIt(String method, String forwards, boolean ours) {
    assertEquals(ours, inbound(method, "Max-Forwards: " + forwards).isForUs());
  }

  @ParameterizedTest
  @CsvSource({
    "h2c,Upgrade,false",
    "'websocket, h2c',Upgrade,false",
    "WebSocket,'keep-alive, upgrade',true",
    "websocket,keep-alive,false",
    "TLS/1.3,Upgrade,false"
  })
  void wantsToSpeakWebSocketOnlyIfItSaysSo(String protocol, String connection, boolean wants) {
    Inbound inbound = inbound("GET", "Upgrade: " + protocol, "Connection: " + connection);
    assertEquals(wants, inbound.isWebSocket());
    assertFalse(inbound("POST", "Upgrade: websocket", "Connection: upgrade").isWebSocket());
  }
}
