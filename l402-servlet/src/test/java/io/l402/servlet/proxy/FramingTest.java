// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Containers refuse much of this before we see it; which of it, they do not agree on. */
class FramingTest {
  private static Framing framing(String... lines) {
    List<Field> fields =
        Arrays.stream(lines)
            .map(line -> line.split(": ", 2))
            .map(parts -> new Field(parts[0], parts[1]))
            .toList();
    return Framing.of(fields, Failure.BAD_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 3|Transfer-Encoding: chunked",
        "Content_Length: 3|Transfer-Encoding: chunked",
        "Content-Length: 3|Transfer_Encoding: chunked",
        "Content-Length: 3|Content-Length: 4",
        "Content-Length: 3, 3",
        "Content-Length: -1",
        "Content-Length: +1",
        "Content-Length: 0x1",
        "Content-Length: 1 1",
        "Content-Length: ",
        "Content-Length: 9999999999999999999",
        "Transfer-Encoding: gzip",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked|Transfer-Encoding: chunked",
        "Transfer-Encoding: identity",
        "Transfer-Encoding: ",
        "Transfer-Encoding: chunked;q=1",
      })
  void refusesWhatCanBeReadInTwoWays(String fields) {
    RefusedException refused =
        assertThrows(RefusedException.class, () -> framing(fields.split("\\|")));
    assertEquals(Failure.BAD_REQUEST, refused.failure());
  }

  @Test
  void readsWhatIsSaidOnceOrAlike() {
    assertEquals(Optional.of(3L), framing("Content-Length: 3").length());
    assertEquals(Optional.of(3L), framing("Content-Length: 3", "content-length: 3").length());
    assertTrue(framing("Transfer-Encoding: Chunked").chunked());
    assertEquals(Optional.empty(), framing("X-A: 1").length());
  }

  @Test
  void knowsWhetherThereIsABody() {
    assertTrue(framing("Content-Length: 3").hasBody("GET", false));
    assertFalse(framing("Content-Length: 0").hasBody("POST", true));
    assertTrue(framing("Transfer-Encoding: chunked").hasBody("GET", false));
    assertFalse(framing("X-A: 1").hasBody("POST", false));
    assertTrue(framing("X-A: 1").hasBody("POST", true));
    assertFalse(framing("X-A: 1").hasBody("GET", true));
  }
}
