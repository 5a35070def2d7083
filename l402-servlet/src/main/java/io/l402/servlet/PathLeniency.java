// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

/**
 * What request paths may hold that is refused otherwise.
 *
 * @param allowPathParameters {@code ;name=value} in a segment, such as {@code ;jsessionid}: for
 *     applications that rewrite URLs; the parameters are not part of the canonical path
 * @param mergeSlashes {@code //}, read as one slash: for clients that join URLs carelessly
 * @param allowEncodedPercent {@code %25}: for applications with a percent sign in their paths
 */
record PathLeniency(
    boolean allowPathParameters, boolean mergeSlashes, boolean allowEncodedPercent) {
  /** Nothing of that. */
  static final PathLeniency STRICT = new PathLeniency(false, false, false);
}
