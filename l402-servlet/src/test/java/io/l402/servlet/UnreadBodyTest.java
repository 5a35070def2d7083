// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.mockito.Mockito.when;

import jakarta.servlet.http.HttpServletRequest;
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
}
