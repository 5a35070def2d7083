// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

/**
 * A rate limit of a service: the paths it counts, and the rate.
 *
 * @param paths the paths it counts; like a paid path it matches generously, so that another
 *     spelling of a path does not escape it
 * @param rate the rate for each client
 */
record RateLimitRule(PathPattern paths, Rate rate) {
  /** Whether another rule counts the same requests at the same rate. */
  boolean isLike(RateLimitRule other) {
    return rate.equals(other.rate)
        && paths.getClass() == other.paths.getClass()
        && paths.toString().equals(other.paths.toString());
  }

  /** Whether a request for this canonical path is counted. */
  boolean appliesTo(String path) {
    return paths.generously(path);
  }
}
