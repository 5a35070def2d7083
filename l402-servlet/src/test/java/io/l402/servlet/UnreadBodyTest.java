// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnreadBodyTest {
  /** A servlet that has called getReader() and then forwards to what is paid for. */
  @Test
  void leavesABodyToTheApplicationThatReadsItAsText() throws Exception {
    HttpServletRequest request = Requests.of("POST", "HTTP/1.1", "Transfer-Encoding: chunked");
    when(request.getInputStream()).thenThrow(new IllegalStateException("getReader() was called"));
    assertFalse(new UnreadBody(request, 10).mayHaveMore());
    when(request.getContentLengthLong()).thenReturn(5L);
    assertFalse(new UnreadBody(request, 10).mayHaveMore());
  }

  @Test
  void doesNotAskForABodyThatIsHeldBack() throws Exception {
    HttpServletRequest chunked =
        Requests.of("POST", "HTTP/1.1", "Transfer-Encoding: chunked", "Expect: 100-continue");
    HttpServletRequest counted = Requests.of("POST", "HTTP/1.1", "Expect: 100-continue");
    when(counted.getContentLengthLong()).thenReturn(5L);
    for (HttpServletRequest request : List.of(chunked, counted)) {
      assertTrue(new UnreadBody(request, 10).mayHaveMore());
      verify(request, never()).getInputStream();
    }
  }
}
