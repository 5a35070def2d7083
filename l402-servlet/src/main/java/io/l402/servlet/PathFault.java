// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.util.Locale;

/** Why {@link RequestPath} refuses a path. */
enum PathFault {
  /** It does not begin with a slash. */
  RELATIVE,
  /** More than 4,096 bytes. */
  LENGTH,
  /** More than 256 segments. */
  SEGMENTS,
  /** A percent sign without two hex digits, or bytes that are not UTF-8. */
  ENCODING,
  /** A control character, raw or encoded. */
  CONTROL,
  /** A line or paragraph separator, which some pattern matchers take for the end of a line. */
  SEPARATOR,
  /** The character that stands for undecodable bytes: somebody before us guessed. */
  REPLACEMENT,
  /** {@code %2f}: a slash to some, a character to others. */
  ENCODED_SLASH,
  /** A backslash, raw or encoded: a slash to some. */
  BACKSLASH,
  /** {@code %25}: whoever decodes twice sees something else. */
  ENCODED_PERCENT,
  /** {@code %2e} in a dot segment. */
  ENCODED_DOT,
  /** A raw {@code ?} or {@code #}, which end a path. */
  DELIMITER,
  /** A semicolon, raw or encoded. */
  PARAMETER,
  /** A semicolon behind an empty or a dot segment: {@code /..;/}. */
  EMPTY_PARAMETER,
  /** {@code //}. */
  EMPTY_SEGMENT,
  /** A dot segment that leads above the root. */
  ABOVE_ROOT,
  /** Not below the context path that the container found. */
  CONTEXT,
  /** A dot segment left in the container's own view of the path. */
  SURVIVING_DOT,
  /** The container's view of the path and ours differ. */
  TWO_VIEWS;

  /** One lower-case word for listeners and logs. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
