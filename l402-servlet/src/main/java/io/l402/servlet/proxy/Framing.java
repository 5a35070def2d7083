// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a message has a body and how long it is, from its fields; anything that two readers could
 * take for different lengths is refused.
 *
 * @param length the length in bytes, if it is said
 * @param chunked whether it comes in chunks
 */
record Framing(Optional<Long> length, boolean chunked) {
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  /**
   * The framing of a message with these fields.
   *
   * @param failure what to refuse it with
   * @throws RefusedException if it is ambiguous
   */
  static Framing of(List<Field> fields, Failure failure) {
    List<String> lengths = values(fields, "content-length");
    List<String> codings = values(fields, "transfer-encoding");
    require(lengths.isEmpty() || codings.isEmpty(), failure, "length and transfer coding");
    require(codings.size() <= 1, failure, "two transfer codings");
    for (String coding : codings) {
      require(coding.equalsIgnoreCase("chunked"), failure, "a transfer coding but chunked");
    }
    for (String length : lengths) {
      require(length.equals(lengths.get(0)), failure, "two lengths");
      require(LENGTH.matcher(length).matches(), failure, "a length of no number");
    }
    return new Framing(lengths.stream().findFirst().map(Long::valueOf), !codings.isEmpty());
  }

  private static List<String> values(List<Field> fields, String key) {
    return fields.stream()
        .filter(it -> it.key().equals(key))
        .map(it -> it.value().strip())
        .toList();
  }

  private static void require(boolean holds, Failure failure, String what) {
    if (!holds) {
      throw new RefusedException(failure, "framing: " + what);
    }
  }

  /**
   * Whether a request with this framing has a body.
   *
   * @param streamed whether a body may come without being announced, as over HTTP/2
   */
  boolean hasBody(String method, boolean streamed) {
    if (length.isPresent()) {
      return length.get() > 0;
    }
    boolean unannounced = streamed && !method.equals("GET") && !method.equals("HEAD");
    return chunked || unannounced;
  }
}
