// SPDX-License-Identifier: Apache-2.0
package io.l402;

import java.util.Objects;

/**
 * A service that tokens are sold for, and the tier bought: an entry of the {@code services} caveat.
 *
 * @param name 1 to 64 characters of {@code [A-Za-z0-9._-]}, the first a letter or digit
 * @param tier from 0 to 255; a higher tier includes the lower ones
 */
public record Service(String name, int tier) {
  private static final int MAX_NAME_LENGTH = 64;

  /** The highest tier there is. */
  public static final int MAX_TIER = 255;

  /**
   * Checks name and tier.
   *
   * @throws IllegalArgumentException if either is out of range
   */
  public Service {
    Objects.requireNonNull(name, "name");
    if (!isValidName(name)) {
      throw new IllegalArgumentException(
          "service name: expected 1 to 64 of A-Z a-z 0-9 . _ - beginning with a letter or digit");
    }
    if (tier < 0 || tier > MAX_TIER) {
      throw new IllegalArgumentException("service tier: " + tier + " is not in 0..255");
    }
  }

  /** Whether tokens can be sold under this name. Presented tokens may hold wider names. */
  public static boolean isValidName(String name) {
    int length = name.length();
    if (length == 0 || length > MAX_NAME_LENGTH || !isLetterOrDigit(name.charAt(0))) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      char c = name.charAt(i);
      if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  /** {@code name:tier}, as in the caveat. */
  @Override
  public String toString() {
    return name + ":" + tier;
  }
}
