// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import java.time.Duration;
import java.util.Set;

/**
 * Which pages of other origins may read our answers.
 *
 * @param origins origins such as {@code https://shop.example}, in lower case; {@code *} is every
 *     one
 * @param maxAge how long a browser may keep the answer to a preflight
 */
record CorsSettings(Set<String> origins, Duration maxAge) {
  CorsSettings {
    origins = Set.copyOf(origins);
  }

  /** Whether pages of this origin may. */
  boolean allows(String origin) {
    return anyOrigin() || origins.contains(origin);
  }

  /** Whether pages of every origin may. */
  boolean anyOrigin() {
    return origins.contains("*");
  }
}
