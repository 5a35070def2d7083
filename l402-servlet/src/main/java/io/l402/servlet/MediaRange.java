// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One element of an Accept field (RFC 9110, 12.5.1).
 *
 * @param range such as {@code text/html}, {@code text/*} or <code>*&#47;*</code>, in lower case
 * @param weight its q, in thousandths
 * @param order its place in the field
 */
record MediaRange(String range, int weight, int order) {
  private static final int MAX_RANGES = 64;

  /** Reads the values of Accept fields; what is malformed is left out. */
  static List<MediaRange> parse(List<String> values) {
    List<MediaRange> ranges = new ArrayList<>();
    for (String value : values) {
      for (String element : value.split(",", MAX_RANGES)) {
        add(ranges, element);
      }
    }
    return ranges;
  }

  private static void add(List<MediaRange> ranges, String element) {
    String[] parts = element.split(";");
    String range = parts.length == 0 ? "" : parts[0].trim().toLowerCase(Locale.ROOT);
    int slash = range.indexOf('/');
    int weight = weight(parts);
    if (slash > 0 && slash < range.length() - 1 && weight >= 0 && ranges.size() < MAX_RANGES) {
      ranges.add(new MediaRange(range, weight, ranges.size()));
    }
  }

  /** The q parameter in thousandths; 1000 if there is none, -1 if it is malformed. */
  private static int weight(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].trim();
      if (parameter.length() > 1 && parameter.substring(0, 2).equalsIgnoreCase("q=")) {
        return thousandths(parameter.substring(2).trim());
      }
    }
    return 1000;
  }

  private static int thousandths(String q) {
    boolean shape = !q.isEmpty() && q.length() <= 5 && (q.length() == 1 || q.charAt(1) == '.');
    if (!shape || q.charAt(0) != '0' && q.charAt(0) != '1') {
      return -1;
    }
    int value = (q.charAt(0) - '0') * 1000;
    int unit = 100;
    for (int i = 2; i < q.length(); i++) {
      int digit = q.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value += digit * unit;
      unit /= 10;
    }
    return value <= 1000 ? value : -1;
  }

  /** Whether a type is in this range. */
  boolean includes(String mediaType) {
    return switch (specificity()) {
      case 0 -> true;
      case 1 -> mediaType.startsWith(range.substring(0, range.length() - 1));
      default -> mediaType.equals(range);
    };
  }

  /** How exact it is: 0 for every type, 1 for a family, 2 for a type. */
  int specificity() {
    if (range.equals("*/*")) {
      return 0;
    }
    return range.endsWith("/*") ? 1 : 2;
  }

  /** Whether a client likes what it says better than what the other says. */
  boolean isPreferredTo(MediaRange other) {
    if (weight != other.weight) {
      return weight > other.weight;
    }
    if (specificity() != other.specificity()) {
      return specificity() > other.specificity();
    }
    return order < other.order;
  }
}
