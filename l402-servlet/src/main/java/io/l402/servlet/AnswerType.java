// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.util.List;

/** The forms an answer has over HTTP. */
enum AnswerType {
  /** One line of text: for whoever does not ask for anything else. */
  TEXT("text/plain"),
  /** A page for people. */
  HTML("text/html"),
  /** A problem for programs. */
  PROBLEM("application/problem+json"),
  /** The same, asked for by its general name. */
  JSON("application/json");

  private final String mediaType;

  AnswerType(String mediaType) {
    this.mediaType = mediaType;
  }

  /**
   * The form a client likes best: the highest weight; among equals what was named most exactly,
   * then what was named first. Nothing acceptable is text.
   *
   * @param accept the values of the Accept fields, in order
   */
  static AnswerType preferred(List<String> accept) {
    List<MediaRange> ranges = MediaRange.parse(accept);
    AnswerType best = TEXT;
    MediaRange why = null;
    for (AnswerType type : values()) {
      MediaRange range = type.mostSpecific(ranges);
      if (range != null && range.weight() > 0 && (why == null || range.isPreferredTo(why))) {
        best = type;
        why = range;
      }
    }
    return best;
  }

  /** The range that speaks about this type: of several, the most exact. */
  private MediaRange mostSpecific(List<MediaRange> ranges) {
    MediaRange found = null;
    for (MediaRange range : ranges) {
      boolean better = found == null || range.specificity() > found.specificity();
      if (better && range.includes(mediaType)) {
        found = range;
      }
    }
    return found;
  }
}
