// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet.proxy;

import io.l402.servlet.Upstream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What of the trailer fields is passed on: nothing that belongs in front of a body. */
final class Trailers {
  private static final Set<String> REFUSED =
      Set.of(
          "host",
          "authorization",
          "cookie",
          "set-cookie",
          "content-type",
          "content-encoding",
          "content-range",
          "cache-control",
          "location",
          "max-forwards",
          "via",
          "forwarded");

  private Trailers() {}

  /** The fields to pass on, by name. */
  static Map<String, String> passed(Map<String, String> trailers) {
    Map<String, String> passed = new LinkedHashMap<>();
    trailers.forEach(
        (name, value) -> {
          if (isPassed(new Field(name, value))) {
            passed.put(name, value);
          }
        });
    return passed;
  }

  /**
   * Those of a request: nor anything that the service sets in front of the body, nor a credential.
   * Nobody looks for one here, but a careless client may put it there.
   */
  static Map<String, String> ofRequest(Map<String, String> trailers, Upstream upstream) {
    Map<String, String> passed = passed(trailers);
    passed.entrySet().removeIf(it -> isOurs(new Field(it.getKey(), it.getValue()), upstream));
    return passed;
  }

  private static boolean isOurs(Field field, Upstream upstream) {
    return Credentials.isWithheld(field, upstream.forwardCredential())
        || upstream.headers().keySet().stream().map(Field::key).anyMatch(field.key()::equals);
  }

  private static boolean isPassed(Field field) {
    String key = field.key();
    boolean ours =
        key.startsWith("x-forwarded-") || key.startsWith("l402-") || key.startsWith("x-l402-");
    return field.isValid() && !ours && !REFUSED.contains(key) && !HopByHop.isFixed(key);
  }
}
