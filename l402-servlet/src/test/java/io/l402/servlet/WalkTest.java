// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.l402.RequestHeaders;
import io.l402.gate.AccessRequest;
import io.l402.gate.Decision;
import io.l402.testkit.FakeLightning;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WalkTest {
  private static final Decision FREE = new Decision.Free(Decision.Free.Why.PRICE_ZERO);

  private final FakeLightning node = FakeLightning.create();
  private final L402Config config =
      L402Config.builder()
          .simulatedBackend(node)
          .service("paid", service -> service.paths("/paid/*"))
          .build();
  private final GateAssembly assembly = GateAssembly.of(config);
  private final Walk walk = assembly.walk();
  private final FilterChain chain = mock(FilterChain.class);
  private final FieldsResponse response = new FieldsResponse();
  private final Map<String, Object> attributes = new HashMap<>();

  @AfterEach
  void close() {
    assembly.close();
    node.close();
  }

  private HttpServletRequest dispatch(DispatcherType type, String path) {
    HttpServletRequest request = Requests.get("Host: localhost");
    when(request.getDispatcherType()).thenReturn(type);
    when(request.getRequestURI()).thenReturn(path);
    when(request.getContextPath()).thenReturn("");
    when(request.getServletPath()).thenReturn(path);
    when(request.getRemoteAddr()).thenReturn("127.0.0.1");
    when(request.getAttribute(anyString())).thenAnswer(c -> attributes.get(c.getArgument(0)));
    doAnswer(c -> attributes.put(c.getArgument(0), c.getArgument(1)))
        .when(request)
        .setAttribute(anyString(), any());
    return request;
  }

  private Arrival.Matched decidedOn(String path) {
    ServiceRule rule = config.services().get(0);
    return new Arrival.Matched(
        rule,
        AccessRequest.of(
            rule.policy(), "GET", path, RequestHeaders.NONE, InetAddress.getLoopbackAddress()));
  }

  private void take(HttpServletRequest request) throws Exception {
    walk.next(request).take(request, response, chain);
  }

  @Test
  void actsOnADecisionItWaitedFor() throws Exception {
    HttpServletRequest request = dispatch(DispatcherType.ASYNC, "/paid/x");
    Passage.awaited(walk, decidedOn("/paid/x"), FREE).putOn(request);
    take(request);
    verify(chain).doFilter(any(), any());
    assertEquals(0, node.createCalls());
  }

  @Test
  void refusesToActOnADecisionThatWasMadeForAnotherPath() throws Exception {
    for (String elsewhere : new String[] {"/paid/y", "/open", "/paid/%2e%2e/x"}) {
      HttpServletRequest request = dispatch(DispatcherType.ASYNC, elsewhere);
      Passage.awaited(walk, decidedOn("/paid/x"), FREE).putOn(request);
      take(request);
      assertEquals(500, response.status, elsewhere);
    }
    verify(chain, never()).doFilter(any(), any());
  }

  @Test
  void actsOnADecisionItWaitedForOnlyOnce() throws Exception {
    HttpServletRequest request = dispatch(DispatcherType.ASYNC, "/paid/x");
    Passage.awaited(walk, decidedOn("/paid/x"), new Decision.Forbidden()).putOn(request);
    take(request);
    assertEquals(403, response.status);
    HttpServletRequest other = dispatch(DispatcherType.ASYNC, "/paid/y");
    take(other);
    assertEquals(402, response.status);
    verify(chain, never()).doFilter(any(), any());
  }

  @Test
  void neverLetsAnUnfinishedDecisionShowAnErrorPage() throws Exception {
    HttpServletRequest request = dispatch(DispatcherType.ERROR, "/paid/error");
    Passage.awaited(walk, decidedOn("/paid/x"), new Decision.Forbidden()).putOn(request);
    assertSame(Step.NOTHING, walk.next(request));
  }

  @Test
  void throwsInPlaceOfAnAnswerInsideAnother() {
    HttpServletRequest request = dispatch(DispatcherType.INCLUDE, "/paid/x");
    Step step = walk.next(request);
    assertThrows(ServletException.class, () -> step.take(request, response, chain));
    assertEquals(Map.of(), response.fields);
  }

  @Test
  void letsTheApplicationDispatchToWhatNoServiceTakes() throws Exception {
    for (DispatcherType type : DispatcherType.values()) {
      take(dispatch(type, "/open"));
    }
    verify(chain, times(5)).doFilter(any(), any());
  }
}
