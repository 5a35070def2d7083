// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UntoldFailureTest {
  private static final IOException RESET = new IOException("the client has reset the stream");

  private final HttpServletRequest request = mock();

  private void failed(Object why) {
    when(request.getAttribute(RequestDispatcher.ERROR_EXCEPTION)).thenReturn(why);
  }

  @Test
  void leavesTheContainerTimeToTellIt() {
    UntoldFailure untold = new UntoldFailure(request);
    assertEquals(Optional.empty(), untold.find());
    failed(RESET);
    assertEquals(Optional.empty(), untold.find());
    assertEquals(Optional.of(RESET), untold.find());
    assertEquals(Optional.of(RESET), untold.find());
  }

  /** The proxy may be what an error page is made with. */
  @Test
  void isNotMisledByWhatFailedBefore() {
    failed(RESET);
    UntoldFailure untold = new UntoldFailure(request);
    untold.find();
    assertEquals(Optional.empty(), untold.find());
    IOException another = new IOException("another");
    failed(another);
    untold.find();
    assertEquals(Optional.of(another), untold.find());
  }

  /** Tomcat takes the request away from those who still hold it. */
  @Test
  void findsNothingOnceTheRequestIsOver() {
    UntoldFailure untold = new UntoldFailure(request);
    when(request.getAttribute(RequestDispatcher.ERROR_EXCEPTION))
        .thenThrow(new IllegalStateException("recycled"));
    untold.find();
    assertEquals(Optional.empty(), untold.find());
  }
}
