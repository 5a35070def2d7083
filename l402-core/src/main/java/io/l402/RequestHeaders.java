// SPDX-License-Identifier: Apache-2.0
package io.l402;

import java.util.List;

/** The header fields of a request, as the core sees them: no servlet, no gRPC. */
@FunctionalInterface
public interface RequestHeaders {
  /** No fields at all. */
  RequestHeaders NONE = name -> List.of();

  /**
   * The values of a field in the order in which they arrived; empty if there is none.
   *
   * @param name the field's name; case does not matter
   */
  List<String> values(String name);
}
