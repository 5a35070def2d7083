// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.l402.RequestHeaders;
import io.l402.gate.AccessRequest;
import io.l402.gate.Decision;
import io.l402.gate.ServicePolicy;
import jakarta.servlet.ServletRequest;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PassageTest {
  private static final Decision FREE = new Decision.Free(Decision.Free.Why.AUTH_OFF);

  private final Object owner = new Object();
  private final ServiceRule rule = rule("a");
  private final Map<String, Object> attributes = new HashMap<>();
  private final ServletRequest request = request();

  private static ServiceRule rule(String name) {
    ServiceMatcher everything =
        new ServiceMatcher(HostPattern.ANY, PathPattern.ALL, List.of(), List.of());
    return new ServiceRule(
        ServicePolicy.builder(name).build(),
        everything,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private ServletRequest request() {
    ServletRequest mock = mock(ServletRequest.class);
    when(mock.getAttribute(anyString())).thenAnswer(c -> attributes.get(c.getArgument(0)));
    doAnswer(c -> attributes.put(c.getArgument(0), c.getArgument(1)))
        .when(mock)
        .setAttribute(anyString(), any());
    return mock;
  }

  private static Arrival.Matched arrival(ServiceRule rule, String method, String path) {
    return new Arrival.Matched(
        rule,
        AccessRequest.of(
            rule.policy(), method, path, RequestHeaders.NONE, InetAddress.getLoopbackAddress()));
  }

  @Test
  void isFoundByItsOwnerOnly() {
    Passage passage = Passage.of(owner, arrival(rule, "GET", "/x"), FREE);
    passage.putOn(request);
    assertEquals(Optional.of(passage), Passage.find(request, owner));
    assertEquals(Optional.empty(), Passage.find(request, new Object()));
  }

  @Test
  void isNotWhatAnAjpPeerCanSet() {
    attributes.put(Passage.class.getName(), "GRANTED");
    assertEquals(Optional.empty(), Passage.find(request, owner));
  }

  @Test
  void holdsForTheSameServicePathAndMethodOnly() {
    Passage passage = Passage.of(owner, arrival(rule, "GET", "/x"), FREE);
    assertTrue(passage.isFor(arrival(rule, "GET", "/x")));
    assertFalse(passage.isFor(arrival(rule, "POST", "/x")));
    assertFalse(passage.isFor(arrival(rule, "GET", "/y")));
    assertFalse(passage.isFor(arrival(rule("a"), "GET", "/x")));
    assertFalse(passage.isFor(new Arrival.Unmatched()));
    assertFalse(passage.isFor(new Arrival.Refused(Answer.BAD_REQUEST)));
  }

  @Test
  void allowsAServiceOnlyIfItWasAllowedThere() {
    assertTrue(Passage.of(owner, arrival(rule, "GET", "/x"), FREE).allows(rule));
    assertFalse(Passage.of(owner, arrival(rule, "GET", "/x"), FREE).allows(rule("b")));
    Decision refused = new Decision.Forbidden();
    assertFalse(Passage.of(owner, arrival(rule, "GET", "/x"), refused).allows(rule));
  }

  @Test
  void isAwaitedOnce() {
    Passage passage = Passage.awaited(owner, arrival(rule, "GET", "/x"), FREE);
    assertTrue(passage.takeAwaited());
    assertFalse(passage.takeAwaited());
    assertFalse(Passage.of(owner, arrival(rule, "GET", "/x"), FREE).takeAwaited());
  }
}
