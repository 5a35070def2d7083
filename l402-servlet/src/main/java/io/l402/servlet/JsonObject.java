// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

/** Writes one flat JSON object: text and whole numbers are all an answer needs. */
final class JsonObject {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder json = new StringBuilder("{");

  /** Adds a text. */
  JsonObject put(String name, String value) {
    key(name);
    quote(value);
    return this;
  }

  /** Adds a whole number. */
  JsonObject put(String name, long value) {
    key(name);
    json.append(value);
    return this;
  }

  private void key(String name) {
    if (json.length() > 1) {
      json.append(',');
    }
    quote(name);
    json.append(':');
  }

  private void quote(String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      append(text.charAt(i));
    }
    json.append('"');
  }

  /**
   * Everything but printable ASCII is escaped, and so is what could end a script element, so that
   * the text is safe wherever it ends up.
   */
  private void append(char c) {
    if (c == '"' || c == '\\') {
      json.append('\\').append(c);
    } else if (c < 0x20 || c > 0x7e || c == '<' || c == '>' || c == '&') {
      json.append("\\u");
      for (int shift = 12; shift >= 0; shift -= 4) {
        json.append(HEX.charAt(c >> shift & 0xf));
      }
    } else {
      json.append(c);
    }
  }

  /** The object. */
  @Override
  public String toString() {
    return json + "}";
  }
}
