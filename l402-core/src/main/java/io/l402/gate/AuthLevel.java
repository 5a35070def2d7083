// SPDX-License-Identifier: Apache-2.0
package io.l402.gate;

import java.util.Locale;
import java.util.Objects;

/**
 * Whether a service is paid for: always, never, or after some free requests per client.
 *
 * @param kind which of the three
 * @param freebies the free requests of {@link Kind#FREEBIE}, else 0
 */
public record AuthLevel(Kind kind, int freebies) {
  /** The three levels. */
  public enum Kind {
    /** A token is needed. */
    ON,
    /** No token is asked for. */
    OFF,
    /** Some requests of each client are free. */
    FREEBIE
  }

  /** A token is needed. */
  public static final AuthLevel ON = new AuthLevel(Kind.ON, 0);

  /** No token is asked for. */
  public static final AuthLevel OFF = new AuthLevel(Kind.OFF, 0);

  /**
   * Checks that exactly freebie levels count.
   *
   * @throws IllegalArgumentException if they do not
   */
  public AuthLevel {
    Objects.requireNonNull(kind, "kind");
    if (kind == Kind.FREEBIE ? freebies < 1 || freebies > 65_535 : freebies != 0) {
      throw new IllegalArgumentException("auth: freebie takes a number from 1 to 65535");
    }
  }

  /** This many requests of each client are free. */
  public static AuthLevel freebie(int freebies) {
    return new AuthLevel(Kind.FREEBIE, freebies);
  }

  /**
   * Reads {@code on}, {@code true}, {@code off}, {@code false} and {@code freebie n}, in any case.
   *
   * @throws IllegalArgumentException if it is another word: an unknown word must not mean off
   */
  public static AuthLevel parse(String text) {
    String word = text.trim().toLowerCase(Locale.ROOT);
    if (word.equals("on") || word.equals("true")) {
      return ON;
    }
    if (word.equals("off") || word.equals("false")) {
      return OFF;
    }
    if (word.matches("freebie +[1-9][0-9]{0,4}")) {
      return freebie(Integer.parseInt(word.substring(7).trim()));
    }
    throw new IllegalArgumentException("auth: expected on, off or freebie <1..65535>");
  }

  /** The word as in configuration. */
  @Override
  public String toString() {
    return kind == Kind.FREEBIE ? "freebie " + freebies : kind.name().toLowerCase(Locale.ROOT);
  }
}
