// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

/**
 * The leniencies of {@link RequestPath}: each one lets through what containers, frameworks and
 * proxies are known to read in different ways, so each is for those who need it only.
 *
 * @param allowPathParameters lets {@code ;name=value} stand behind a segment (it is left out of the
 *     canonical path) and {@code %3b} inside one (it is data); for applications that track sessions
 *     by URL
 * @param mergeSlashes takes {@code //} for {@code /}; for clients that concatenate carelessly
 * @param allowEncodedPercent lets {@code %25} stand for a percent sign; for applications whose
 *     names have one, behind which nothing decodes a second time
 */
record PathRules(boolean allowPathParameters, boolean mergeSlashes, boolean allowEncodedPercent) {
  /** No leniency at all: the default. */
  static final PathRules STRICT = new PathRules(false, false, false);
}
