// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How values are written. Each method throws {@link IllegalArgumentException} with what was
 * expected; none repeats what was found, which may be a secret.
 */
final class Values {
  private static final Pattern INTEGER = Pattern.compile("0|[1-9][0-9]{0,17}");
  private static final Pattern PART = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d)");
  private static final Pattern RATE =
      Pattern.compile("([0-9]{1,10})/([^ ]{1,20})( burst ([0-9]{1,10}))?");
  private static final Duration MAX = Duration.ofDays(36_600);

  private Values() {}

  /** {@code true} or {@code false}. */
  static boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("expected true or false");
    };
  }

  /** A whole number in a range. */
  static long integer(String text, long min, long max) {
    boolean number = INTEGER.matcher(text).matches();
    if (!number || Long.parseLong(text) < min || Long.parseLong(text) > max) {
      throw new IllegalArgumentException("expected a whole number from " + min + " to " + max);
    }
    return Long.parseLong(text);
  }

  /** {@code 30} (seconds), {@code 90s}, {@code 1m30s}, {@code 500ms}, {@code 2d}, {@code PT30S}. */
  static Duration duration(String text) {
    Duration duration = parseDuration(text);
    if (duration.isNegative() || duration.compareTo(MAX) > 0) {
      throw notADuration();
    }
    return duration;
  }

  /** A duration in a range. */
  static Duration duration(String text, Duration min, Duration max) {
    Duration duration = duration(text);
    if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          "expected a time from " + words(min) + " to " + words(max) + ", such as 30s or 10m");
    }
    return duration;
  }

  private static Duration parseDuration(String text) {
    if (INTEGER.matcher(text).matches()) {
      return Duration.ofSeconds(Math.min(Long.parseLong(text), MAX.toSeconds() + 1));
    }
    if (text.startsWith("P")) {
      try {
        return Duration.parse(text);
      } catch (DateTimeParseException e) {
        throw notADuration();
      }
    }
    return sum(text);
  }

  private static Duration sum(String text) {
    Matcher part = PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (end < text.length() && part.find(end) && part.start() == end) {
      sum = sum.plus(unit(part.group(2)).multipliedBy(Long.parseLong(part.group(1))));
      end = part.end();
    }
    if (text.isEmpty() || text.length() > 64 || end < text.length()) {
      throw notADuration();
    }
    return sum;
  }

  private static Duration unit(String name) {
    return switch (name) {
      case "ms" -> Duration.ofMillis(1);
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      default -> Duration.ofDays(1);
    };
  }

  private static IllegalArgumentException notADuration() {
    return new IllegalArgumentException("expected a time such as 30s, 10m, PT30S or 30 (seconds)");
  }

  private static String words(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }

  /** {@code 10/1m}, or {@code 50/1s burst 100}. */
  static Rate rate(String text) {
    Matcher rate = RATE.matcher(text);
    if (!rate.matches()) {
      throw new IllegalArgumentException("expected a rate such as 10/1m or 50/1s burst 100");
    }
    long requests = Long.parseLong(rate.group(1));
    String burst = rate.group(4);
    return new Rate(
        requests, duration(rate.group(2)), burst == null ? requests : Long.parseLong(burst));
  }

  /** A file; {@code ~/} is the home directory. */
  static Path path(String text) {
    try {
      return Path.of(expandHome(text));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("expected the path of a file");
    }
  }

  /** A file's name with {@code ~/} replaced. */
  static String expandHome(String text) {
    return text.startsWith("~/") ? System.getProperty("user.home") + text.substring(1) : text;
  }
}
