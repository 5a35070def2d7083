// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.function.Function;

/** How regular expressions are written in configuration. */
final class RegexValues {
  private static final int MAX_LENGTH = 2048;
  private static final int MAX_INSTRUCTIONS = 4096;

  private RegexValues() {}

  /**
   * Makes something of an expression. Its size is bounded, for {@code x{1000}} is a thousand times
   * as long when compiled.
   *
   * @throws IllegalArgumentException if it is none, or too large
   */
  static <T> T parse(String text, Function<String, T> maker) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("expected at most " + MAX_LENGTH + " characters");
    }
    try {
      if (Pattern.compile(text).programSize() > MAX_INSTRUCTIONS) {
        throw new IllegalArgumentException("the regular expression is too large");
      }
      return maker.apply(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "not a regular expression: " + Problems.quote(e.getDescription()));
    }
  }
}
