// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.stubbing.Answer;

class DispatchProbeTest {
  private final DispatchProbe probe = new DispatchProbe();
  private final HttpServletRequest request = mock(HttpServletRequest.class);
  private final HttpServletResponse response = mock(HttpServletResponse.class);
  private final RequestDispatcher dispatcher = mock(RequestDispatcher.class);
  private final Map<String, Object> attributes = new HashMap<>();
  private DispatcherType type = DispatcherType.REQUEST;

  @BeforeEach
  void aRequestWithAttributes() {
    ServletContext context = mock(ServletContext.class);
    when(request.getServletContext()).thenReturn(context);
    when(context.getRequestDispatcher(anyString())).thenReturn(dispatcher);
    when(request.isAsyncSupported()).thenReturn(true);
    when(request.getDispatcherType()).thenAnswer(call -> type);
    when(request.getAttribute(anyString()))
        .thenAnswer(c -> attributes.get(c.<String>getArgument(0)));
    doAnswer(call -> attributes.put(call.getArgument(0), call.getArgument(1)))
        .when(request)
        .setAttribute(anyString(), any());
  }

  private void include(Answer<?> what) throws Exception {
    doAnswer(what).when(dispatcher).include(any(), any());
  }

  private Object comesBy() {
    type = DispatcherType.INCLUDE;
    assertTrue(probe.isOwn(request));
    type = DispatcherType.REQUEST;
    return null;
  }

  @Test
  void servesWhereIncludesComeBy() throws Exception {
    include(call -> comesBy());
    assertTrue(probe.passes(request, response));
  }

  @Test
  void servesNothingWhereTheyDoNot() throws Exception {
    include(call -> null);
    assertFalse(probe.passes(request, response));
    include(call -> comesBy());
    assertFalse(probe.passes(request, response), "once it is known it is final");
  }

  @Test
  void asksAgainWhenTheIncludeFailed() throws Exception {
    include(
        call -> {
          throw new IOException("this once");
        });
    assertFalse(probe.passes(request, response));
    include(call -> comesBy());
    assertTrue(probe.passes(request, response));
  }
}
