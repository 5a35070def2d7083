// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\rb",
        "a\nb",
        "a\u0000b",
        "a\u0001b",
        "a\u007fb",
        "a\u0100b",
        "a\u010a",
        "\u2028"
      })
  void isNoneWithControlsOrWhatIsNoByte(String value) {
    assertFalse(new Field("X-A", value).isValid());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "X A", "X:A", "X-\u00e9", "X\r\nY", "(x)", "\u0130"})
  void isNoneWithoutATokenForItsName(String name) {
    assertFalse(new Field(name, "1").isValid());
  }

  @Test
  void mayHoldTabsAndBytesAboveAscii() {
    assertTrue(new Field("X_A!#", "a\tb caf\u00e9").isValid());
    assertTrue(new Field("X-A", "").isValid());
  }

  @Test
  void isTheSameToTheCarelessWithEitherDash() {
    assertEquals("x-forwarded-for", new Field("X_Forwarded-FOR", "").key());
  }

  @Test
  void toStringTellsNoValue() {
    assertEquals("Authorization", new Field("Authorization", "Basic eDp5").toString());
  }
}
