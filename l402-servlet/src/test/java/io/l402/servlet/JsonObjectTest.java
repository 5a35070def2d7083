// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class JsonObjectTest {
  @Test
  void writesTextsAndNumbersInOrder() {
    assertEquals(
        "{\"b\":\"x\",\"a\":-7,\"c\":9223372036854775807}",
        new JsonObject().put("b", "x").put("a", -7).put("c", Long.MAX_VALUE).toString());
    assertEquals("{}", new JsonObject().toString());
  }

  @Test
  void escapesWhateverCouldEndATextOrAnElement() {
    assertEquals(
        "{\"a\":\"\\\"\\\\\\u000a\\u0000\\u001b\\u003c/script\\u003e\\u0026\\u2028\\u00e9\\u007f\"}",
        new JsonObject().put("a", "\"\\\n\0\u001b</script>&\u2028\u00e9\u007f").toString());
    assertEquals(
        "{\"a\":\"\\ud83d\\ude00\\ud800\"}", new JsonObject().put("a", "😀\ud800").toString());
  }

  @Test
  void escapesNamesToo() {
    assertEquals("{\"a\\\"b\":1}", new JsonObject().put("a\"b", 1).toString());
  }
}
