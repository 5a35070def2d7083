// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.l402.servlet.GrpcKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers as an HTTP client that checks nothing would show them. */
class ResponseHeadTest {
  private static ResponseHead head(int status, String... lines) {
    return ResponseHead.of(status, fields(lines), GrpcKind.NONE, null);
  }

  private static List<Field> fields(String... lines) {
    List<Field> fields = new ArrayList<>();
    for (String line : lines) {
      int colon = line.indexOf(": ");
      fields.add(new Field(line.substring(0, colon), line.substring(colon + 2)));
    }
    return fields;
  }

  private static void assertRefused(org.junit.jupiter.api.function.Executable reading) {
    assertEquals(Failure.BAD_GATEWAY, assertThrows(RefusedException.class, reading).failure());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-A: a\r\nSet-Cookie: b",
        "X-A: a\nb",
        "X-A: a\u0000b",
        "X-A: a\u001bb",
        "X A: b",
        "X-\u00e9: b",
        "Content-Length: 3|Transfer-Encoding: chunked",
        "Content-Length: 3|Content-Length: 4",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: identity",
      })
  void refusesWhatOthersWouldReadAsSomethingElse(String lines) {
    assertRefused(() -> head(200, lines.split("\\|")));
  }

  @Test
  void refusesMoreThan64KiB() {
    String[] lines = new String[5];
    java.util.Arrays.fill(lines, "X-Big: " + "x".repeat(13_000));
    assertEquals(5, head(200, lines).fields().size());
    lines[0] = "X-Bigger: " + "x".repeat(14_000);
    assertRefused(() -> head(200, lines));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 101, 102, 103, 199})
  void refusesWhatIsNoAnswer(int status) {
    assertRefused(() -> head(status, "Upgrade: websocket", "Connection: Upgrade"));
  }

  @ParameterizedTest
  @CsvSource({"X-A: b", "Upgrade: h2c", "Upgrade: websocket|Upgrade: h2c"})
  void refusesASwitchToAnotherProtocol(String lines) {
    assertRefused(() -> ResponseHead.ofUpgrade(fields(lines.split("\\|")), null));
    assertEquals(
        List.of("Sec-WebSocket-Accept"),
        ResponseHead.ofUpgrade(
                fields("Upgrade: WebSocket", "Connection: Upgrade", "Sec-WebSocket-Accept: x"),
                null)
            .fields()
            .stream()
            .map(Field::name)
            .toList());
  }
}
