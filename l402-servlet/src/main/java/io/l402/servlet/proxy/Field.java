// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.util.Locale;

/**
 * A header field or trailer field.
 *
 * @param name as it was written
 * @param value not empty of meaning even if it is empty
 */
record Field(String name, String value) {
  /** The name as whoever is careless reads it: to many an application {@code _} is {@code -}. */
  String key() {
    return key(name);
  }

  /** The same of a name alone. */
  static String key(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether this is the field of that name, in lower case. */
  boolean is(String lowerCaseName) {
    return name.equalsIgnoreCase(lowerCaseName);
  }

  /** Whether name and value are such that nobody can read them as anything else. */
  boolean isValid() {
    return isToken(name) && isText(value);
  }

  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isTokenChar(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isTokenChar(char c) {
    boolean alphanumeric = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    return alphanumeric || c > 0 && "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }

  /** No control characters but the tab; bytes above ASCII pass as they are. */
  private static boolean isText(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\t' || c == 0x7f || c > 0xff) {
        return false;
      }
    }
    return true;
  }

  /** Tells the name only: values may be secrets. */
  @Override
  public String toString() {
    return name;
  }
}
