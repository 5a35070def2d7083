// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AllowedResponseTest {
  private static final String FIELDS =
      "Authorization, Macaroon, Grpc-Metadata-Macaroon, Token, Grpc-Metadata-Token";

  private final FieldsResponse sent = new FieldsResponse();
  private final HttpServletResponse paid = new AllowedResponse(sent, true, out -> {});

  @Test
  void isPrivateFromTheFirstMoment() {
    assertEquals(List.of("private"), sent.all("Cache-Control"));
    assertEquals(List.of(FIELDS), sent.all("Vary"));
  }

  @Test
  void hidesItsOwnCacheControlUntilTheApplicationSaysSomething() {
    assertFalse(paid.containsHeader("cache-control"));
    assertNull(paid.getHeader("Cache-Control"));
    assertEquals(List.of(), List.copyOf(paid.getHeaders("Cache-Control")));
    paid.addHeader("cache-control", "max-age=60, public");
    assertTrue(paid.containsHeader("Cache-Control"));
    assertEquals(List.of("max-age=60, private"), sent.all("Cache-Control"));
    paid.addHeader("Cache-Control", "no-transform");
    assertEquals(
        List.of("max-age=60, private", "no-transform, private"), sent.all("Cache-Control"));
    paid.setHeader("Cache-Control", "no-store");
    assertEquals(List.of("no-store"), sent.all("Cache-Control"));
    paid.setHeader("Cache-Control", null);
    assertEquals(List.of("private"), sent.all("Cache-Control"));
  }

  @Test
  void addsItsFieldsToVaryAndNeverTwice() {
    paid.setHeader("vary", "Accept-Encoding, authorization");
    assertEquals(
        List.of(
            "Accept-Encoding, authorization, Macaroon, Grpc-Metadata-Macaroon, Token,"
                + " Grpc-Metadata-Token"),
        sent.all("Vary"));
    paid.addHeader("Vary", "Origin");
    assertEquals(2, sent.all("Vary").size());
    paid.setHeader("Vary", "");
    assertEquals(List.of(FIELDS), sent.all("Vary"));
  }

  @Test
  void isTheSameAgainAfterAReset() {
    paid.setHeader("Cache-Control", "no-store");
    paid.setHeader("X-Other", "gone");
    paid.reset();
    assertEquals(List.of("private"), sent.all("Cache-Control"));
    assertEquals(List.of(FIELDS), sent.all("Vary"));
    assertEquals(List.of(), sent.all("X-Other"));
    assertFalse(paid.containsHeader("Cache-Control"));
  }

  @Test
  void keepsWhatWasSaidBeforeItWasWrappedAgain() {
    paid.setHeader("Cache-Control", "no-store, max-age=0");
    HttpServletResponse again = new AllowedResponse(sent, true, out -> {});
    assertEquals(List.of("no-store, max-age=0"), sent.all("Cache-Control"));
    assertEquals(List.of(FIELDS), sent.all("Vary"));
    assertTrue(again.containsHeader("Cache-Control"));
  }

  @Test
  void leavesEverythingElseToTheAnswer() {
    Supplier<Map<String, String>> trailers = Map::of;
    paid.setTrailerFields(trailers);
    paid.setHeader("X-A", "1");
    paid.addHeader("X-A", "2");
    paid.setStatus(206);
    assertSame(trailers, sent.trailers);
    assertEquals(List.of("1", "2"), sent.all("X-A"));
    assertEquals(206, sent.status);
  }

  @Test
  void leavesTheCachingOfFreeAnswersAlone() {
    FieldsResponse free = new FieldsResponse();
    HttpServletResponse response =
        new AllowedResponse(free, false, out -> out.setHeader(CorsPolicy.ALLOW_ORIGIN, "*"));
    response.setHeader("Cache-Control", "public, s-maxage=5");
    response.setHeader("Vary", "Accept");
    response.addHeader("Access-Control-Allow-Origin", "https://own.example");
    assertEquals(List.of("public, s-maxage=5"), free.all("Cache-Control"));
    assertEquals(List.of("Accept"), free.all("Vary"));
    assertEquals(List.of("https://own.example"), free.all("Access-Control-Allow-Origin"));
  }

  @Test
  void variesByOriginWhateverTheApplicationVariesBy() {
    for (boolean paid : new boolean[] {true, false}) {
      FieldsResponse answer = new FieldsResponse();
      HttpServletResponse response =
          new AllowedResponse(answer, paid, out -> out.addHeader("Vary", "Origin"));
      response.setHeader("Vary", "Accept-Encoding");
      String vary = String.join(", ", answer.all("Vary"));
      assertTrue(vary.startsWith("Accept-Encoding"), vary);
      assertTrue(vary.endsWith(", Origin"), vary);
    }
  }

  @Test
  void knowsWhatIsWrappedAlready() {
    HttpServletResponse outer = new HttpServletResponseWrapper(paid);
    assertTrue(AllowedResponse.covers(outer, true));
    assertTrue(AllowedResponse.covers(outer, false));
    HttpServletResponse free = new AllowedResponse(new FieldsResponse(), false, out -> {});
    assertFalse(AllowedResponse.covers(free, true));
    assertTrue(AllowedResponse.covers(new AllowedResponse(paid, false, out -> {}), true));
    assertFalse(AllowedResponse.covers(new FieldsResponse(), false));
  }
}
