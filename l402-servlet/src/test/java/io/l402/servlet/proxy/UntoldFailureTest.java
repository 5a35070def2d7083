// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.SocketTimeoutException;
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
    UntoldFailure untold = UntoldFailure.of(request);
    assertEquals(Optional.empty(), untold.find());
    failed(RESET);
    assertEquals(Optional.empty(), untold.find());
    assertEquals(Optional.of(RESET), untold.find());
    assertEquals(Optional.of(RESET), untold.find());
  }

  @Test
  void findsWhatFailedBeforeAnybodyLooked() {
    failed(RESET);
    UntoldFailure untold = UntoldFailure.of(request);
    assertTrue(untold.isThere());
    untold.find();
    assertEquals(Optional.of(RESET), untold.find());
  }

  /** Tomcat makes a new exception each time it is asked whether there is more to read. */
  @Test
  void knowsAFailureAgainThatIsToldAnew() {
    UntoldFailure untold = UntoldFailure.of(request);
    failed(new IOException("the same"));
    untold.find();
    failed(RESET);
    assertEquals(Optional.of(RESET), untold.find());
  }

  /** Which the container tells, and which is answered. */
  @Test
  void leavesSlowClientsAlone() {
    UntoldFailure untold = UntoldFailure.of(request);
    failed(new SocketTimeoutException("slow"));
    untold.find();
    assertEquals(Optional.empty(), untold.find());
    assertFalse(untold.isThere());
  }

  @Test
  void isThereAtOnce() {
    UntoldFailure untold = UntoldFailure.of(request);
    assertFalse(untold.isThere());
    failed(RESET);
    assertTrue(untold.isThere());
  }

  @Test
  void canBeNone() {
    failed(RESET);
    assertFalse(UntoldFailure.none().isPossible());
    assertFalse(UntoldFailure.none().isThere());
  }

  /** Tomcat takes the request away from those who still hold it. */
  @Test
  void findsNothingOnceTheRequestIsOver() {
    UntoldFailure untold = UntoldFailure.of(request);
    when(request.getAttribute(RequestDispatcher.ERROR_EXCEPTION))
        .thenThrow(new IllegalStateException("recycled"));
    untold.find();
    assertEquals(Optional.empty(), untold.find());
  }
}
