// SPDX-License-Identifier: Apache-2.0
package io.l402.bench.outage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResponseParserTest {
  private static final String RESPONSE =
      "HTTP/1.1 402 \r\nContent-Length: 5\r\nDate: today\r\n\r\nhello";

  private final ResponseParser parser = new ResponseParser();

  @Test
  void findsTheStatusWhenTheLastByteIsThere() {
    int last = RESPONSE.length() - 1;
    for (int i = 0; i < last; i++) {
      assertEquals(0, read(RESPONSE.substring(i, i + 1)));
    }
    assertEquals(402, read(RESPONSE.substring(last)));
  }

  private int read(String text) {
    parser.buffer().put(text.getBytes(StandardCharsets.US_ASCII));
    return parser.parse();
  }

  @Test
  void readsOneResponseAfterTheOther() {
    assertEquals(402, read(RESPONSE));
    assertEquals(200, read("HTTP/1.1 200 OK\r\ncontent-length:0\r\n\r\n"));
  }

  @Test
  void refusesToGuessWhereAResponseEnds() {
    assertThrows(IllegalStateException.class, () -> read("HTTP/1.1 200 OK\r\n\r\n"));
  }
}
