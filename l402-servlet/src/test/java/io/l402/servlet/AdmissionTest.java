// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.when;

import io.l402.RequestHeaders;
import io.l402.gate.AccessRequest;
import io.l402.gate.Decision;
import io.l402.gate.ServicePolicy;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final Decision.Free FREE = new Decision.Free(Decision.Free.Why.AUTH_OFF);

  private final Object owner = new Object();
  private final Map<String, Object> attributes = new HashMap<>();
  private final HttpServletRequest request = request();

  private HttpServletRequest request() {
    HttpServletRequest mock = Requests.get();
    when(mock.getAttribute(anyString())).thenAnswer(c -> attributes.get(c.getArgument(0)));
    doAnswer(c -> attributes.put(c.getArgument(0), c.getArgument(1)))
        .when(mock)
        .setAttribute(anyString(), any());
    return mock;
  }

  private Passage passage(String path) {
    ServiceMatcher everything =
        new ServiceMatcher(HostPattern.ANY, PathPattern.ALL, List.of(), List.of());
    ServicePolicy policy = ServicePolicy.builder("a").build();
    AccessRequest access =
        AccessRequest.of(
            policy, "GET", path, RequestHeaders.NONE, InetAddress.getLoopbackAddress());
    ServiceRule rule =
        new ServiceRule(policy, everything, List.of(), Optional.empty(), Optional.empty());
    return Passage.of(owner, new Arrival.Matched(rule, access), FREE);
  }

  private void admit(Passage passage, FilterChain application) throws Exception {
    CorsPolicy noCors = new CorsPolicy(Optional.empty(), "GET");
    new Admission(noCors, passage, FREE, () -> {}).take(request, new FieldsResponse(), application);
  }

  private Optional<Passage> shown() {
    return Passage.find(request, owner);
  }

  @Test
  void showsWhatWasDecidedToTheApplicationAndToLaterDispatches() throws Exception {
    Passage passage = passage("/a");
    admit(passage, (in, out) -> assertEquals(Optional.of(passage), shown()));
    assertEquals(Optional.of(passage), shown());
    assertTrue(Forwarding.of(request).isPresent());
  }

  @Test
  void givesAnIncludingApplicationBackWhatItSaw() throws Exception {
    Passage inner = passage("/b");
    admit(
        passage("/a"),
        (in, out) -> {
          attributes.put(L402Filter.TOKEN_ATTRIBUTE, "the caller's");
          Map<String, Object> callers = Map.copyOf(attributes);
          when(request.getDispatcherType()).thenReturn(DispatcherType.INCLUDE);
          assertThrows(
              IOException.class,
              () ->
                  admit(
                      inner,
                      (in2, out2) -> {
                        assertEquals(Optional.of(inner), shown());
                        assertEquals(null, attributes.get(L402Filter.TOKEN_ATTRIBUTE));
                        throw new IOException("breaks off");
                      }));
          assertEquals(callers, attributes);
        });
  }
}
