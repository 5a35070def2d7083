// SPDX-License-Identifier: Apache-2.0
package io.l402.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer as it came.
 *
 * @param status the final status
 * @param fields the header fields, in order
 * @param body the body, read as UTF-8
 * @param interim the statuses of the interim answers before it
 */
public record RawResponse(
    int status, List<Map.Entry<String, String>> fields, String body, List<Integer> interim) {

  /** The values of a field, in order. */
  public List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The first value of a field. */
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** The value of a quoted parameter of the L402 challenge, such as {@code macaroon}. */
  public String challenge(String parameter) {
    String field =
        all("WWW-Authenticate").stream()
            .filter(value -> value.startsWith("L402 "))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no L402 challenge in " + this));
    String opening = parameter + "=\"";
    int from = field.indexOf(opening);
    if (from < 0) {
      throw new AssertionError("no " + parameter + " in " + field);
    }
    return field.substring(from + opening.length(), field.indexOf('"', from + opening.length()));
  }

  RawResponse withBody(String read) {
    return new RawResponse(status, fields, read, interim);
  }

  RawResponse withInterim(int before) {
    List<Integer> all = new ArrayList<>(List.of(before));
    all.addAll(interim);
    return new RawResponse(status, fields, body, all);
  }
}
